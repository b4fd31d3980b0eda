using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Core.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Gates;

/// <summary>A mail that was judged before is judged by what holds now, at whichever server.</summary>
public sealed class KnownVerdictTests(PostgresServer postgres)
{
    private const string Sam = "sam@outside.example";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_verdict_that_was_given_before_follows_all_that_is_said_since(Database database)
    {
        await using var world = await OpenAsync(database);
        var rep = await EnrolledAsync(world);
        var everywhere = await EverywhereAsync(world, database, rep);
        await ExpectAsync(everywhere, "unknown");

        await rep.JsonAsync(HttpMethod.Put, $"/api/senders/{Sam}", new JsonObject { ["kind"] = "vip" });
        await ExpectAsync(everywhere, "vip");

        using (await rep.SendAsync(HttpMethod.Delete, $"/api/senders/{Sam}"))
        {
            await ExpectAsync(everywhere, "unknown");
        }

        await rep.JsonAsync(HttpMethod.Put, "/api/tenant/senders/outside.example", new JsonObject { ["kind"] = "prospect" });
        await ExpectAsync(everywhere, "prospect");

        using (await rep.SendAsync(HttpMethod.Delete, "/api/tenant/senders/outside.example"))
        {
            await ExpectAsync(everywhere, "unknown");
        }

        await SetDomainsAsync(world, "outside.example");
        await ExpectAsync(everywhere, "colleague", callsRemaining: 3);

        await rep.CallAsync();
        await ExpectAsync(everywhere, "colleague", callsRemaining: 2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_policy_asks_now_makes_the_gate_of_a_mail_that_had_none(Database database)
    {
        await using var world = await OpenAsync(database);
        var rep = await EnrolledAsync(world);
        var everywhere = await EverywhereAsync(world, database, rep);
        await ExpectAsync(everywhere, "unknown");

        await rep.JsonAsync(HttpMethod.Put, "/api/policy", new JsonObject { ["callsRequired"] = new JsonObject { ["unknown"] = 2 } });

        await ExpectAsync(everywhere, "unknown", callsRemaining: 2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Asking_again_adds_nothing(Database database)
    {
        await using var world = await OpenAsync(database);
        var rep = await EnrolledAsync(world);
        await SetDomainsAsync(world, "outside.example");
        var first = await VerdictAsync(rep.Api);

        var again = await VerdictAsync(rep.Api);
        var oncemore = await VerdictAsync(rep.Api);

        Assert.Equal(3, first["gate"]!["callsRemaining"]!.GetValue<int>());
        Assert.All([again, oncemore], x =>
        {
            Assert.Equal(first["board"]!["revision"]!.GetValue<long>(), x["board"]!["revision"]!.GetValue<long>());
            Assert.Equal(first["gate"]!.ToJsonString(), x["gate"]!.ToJsonString());
        });
    }

    /// <summary>In the middle of a working day; no mailbox is read beside what the test does.</summary>
    private Task<World> OpenAsync(Database database) => World.StartAsync(
        database, postgres, now: World.MondayMorning.AddHours(3), settings: new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" });

    /// <summary>A rep whose mailbox counts as watched.</summary>
    private static async Task<Person> EnrolledAsync(World world)
    {
        var rep = await world.UserAsync("mira@contoso.com", manager: null, "Admin");
        await rep.BoardAsync();
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await store.Reps.ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Watch, WatchState.Watching).SetProperty(x => x.Revision, x => x.Revision + 1), TestContext.Current.CancellationToken);
        return rep;
    }

    /// <summary>The rep's API at every server that there can be on the database.</summary>
    private static async Task<IReadOnlyList<HttpClient>> EverywhereAsync(World world, Database database, Person rep)
    {
        if (database == Database.Sqlite)
        {
            return [rep.Api];
        }

        var other = new HttpClient { BaseAddress = World.AddressOf(await world.AddServerAsync()) };
        other.DefaultRequestHeaders.Authorization = rep.Api.DefaultRequestHeaders.Authorization;
        return [rep.Api, other];
    }

    /// <summary>Asked often enough that each server has it from what it knows.</summary>
    private static async Task ExpectAsync(IReadOnlyList<HttpClient> everywhere, string senderKind, int? callsRemaining = null)
    {
        foreach (var api in everywhere.Concat(everywhere).Concat(everywhere))
        {
            var verdict = await VerdictAsync(api);
            Assert.Equal((senderKind, callsRemaining), (verdict["senderKind"]!.GetValue<string>(), verdict["gate"]?["callsRemaining"]!.GetValue<int>()));
        }
    }

    private static async Task<JsonNode> VerdictAsync(HttpClient api)
    {
        var mail = new JsonObject { ["internetMessageId"] = "<1@outside.example>", ["conversationId"] = "one", ["from"] = new JsonObject { ["address"] = Sam } };
        using var answer = await api.PostAsJsonAsync("/api/messages/verdict", mail, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>As a reading of the directory saves them: without a new revision.</summary>
    private static async Task SetDomainsAsync(World world, string domain)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var tenantId = await store.Reps.Select(x => x.TenantId).FirstAsync(TestContext.Current.CancellationToken);
        if (await store.Tenants.FindAsync([tenantId], TestContext.Current.CancellationToken) is not { } tenant)
        {
            store.Tenants.Add(tenant = new TenantRow { TenantId = tenantId });
        }

        (tenant.Domains, tenant.ReadAt) = ([domain], TimeProvider.System.GetUtcNow());
        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
