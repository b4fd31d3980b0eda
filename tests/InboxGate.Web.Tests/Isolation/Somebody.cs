using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Core.Senders;
using InboxGate.Web.Gates;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Api;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Isolation;

/// <summary>
/// A person of one tenant with secrets of their own. Keys are what things are asked by (ids, addresses), and others may
/// guess or know them; secrets are what stands behind, and are never sent by anybody else.
/// </summary>
internal sealed class Somebody(World world, Person person, Guid tenant, string? role, Random random)
{
    private readonly string mark = string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}{random.Next():x8}");

    public Person Person => person;

    public Guid Tenant => tenant;

    public string? Role => role;

    /// <summary>The manager in whose team they are.</summary>
    public Somebody? Manager { get; set; }

    public string Token => person.Api.DefaultRequestHeaders.Authorization!.Parameter!;

    public string Ticket { get; private set; } = "";

    public string OwnSecret => $"own{mark}";

    public string TeamSecret => $"team{mark}";

    public string TenantSecret => $"tenant{mark}";

    /// <summary>Whom they answer for is told their name.</summary>
    public string NameSecret => $"name{mark}";

    public Guid Call { get; } = NextGuid(random);

    public Guid Gate { get; } = NextGuid(random);

    public Guid Import { get; } = NextGuid(random);

    public Guid Target { get; private set; } = NextGuid(random);

    public string Entry => $"k{mark}@fabrikam.example";

    public string Domain => $"k{mark}.example";

    public string MessageId => $"<k{mark}@contoso.com>";

    public string Conversation => $"k{mark}";

    public string Holiday { get; } = new DateOnly(2026, 4, 1).AddDays(random.Next(200)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Guid NextGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>Whether they may be shown the other's secret.</summary>
    public bool MaySee(Somebody other, string secret) =>
        this == other
        || (tenant == other.Tenant && (secret switch
        {
            _ when secret == other.TenantSecret => true,
            // A list of the team is for its reps too.
            _ when secret == other.TeamSecret => Manager == other || other.Manager == this,
            _ when secret == other.NameSecret => role is not null || Manager == other,
            _ => false,
        }));

    /// <summary>Neither a manager, nor in a team, nor an administrator of the other's.</summary>
    public bool HasNothingToDoWith(Somebody other) =>
        this != other && (tenant != other.Tenant || (role != "Admin" && other.Role != "Admin" && Manager != other && other.Manager != this));

    public async Task PlantAsync()
    {
        await person.CallAsync(Call, new JsonObject { ["prospect"] = $"Plant {OwnSecret} call" });
        await person.JsonAsync(HttpMethod.Put, $"/api/senders/{Domain}", new JsonObject { ["kind"] = "customer" });
        await person.JsonAsync(HttpMethod.Put, $"/api/prospects/{Entry}", Prospect(OwnSecret));
        await person.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = MessageId,
            ["conversationId"] = Conversation,
            ["subject"] = $"Plant {OwnSecret} subject",
            ["from"] = new JsonObject { ["name"] = $"Plant {OwnSecret} sender", ["address"] = $"{OwnSecret}@{Domain}" },
        });
        await HoldAsync();
        await person.JsonAsync(HttpMethod.Put, "/api/plan", new JsonObject { ["margin"] = random.Next(6, 20), ["daysOff"] = new JsonArray(Holiday) });
        await ImportAsync("/api/prospects/import", OwnSecret);
        Ticket = (await person.JsonAsync(HttpMethod.Post, "/api/reply-ticket"))["ticket"]!.GetValue<string>();
        if (role == "Manager")
        {
            await PlantSharedAsync("/api/team", TeamSecret);
            await person.JsonAsync(HttpMethod.Put, "/api/targets/team", Asked("calls"));
        }
        else if (role == "Admin")
        {
            await PlantSharedAsync("/api/tenant", TenantSecret);
        }
    }

    /// <summary>What is asked of a rep of theirs.</summary>
    public async Task AskAsync(Somebody rep)
    {
        await person.JsonAsync(HttpMethod.Put, $"/api/targets/{rep.Person.Id}", Asked("emails"));
        var targets = await person.JsonAsync(HttpMethod.Get, $"/api/targets/{rep.Person.Id}");
        Target = targets["history"]!.AsArray().Select(x => x!["id"]!.GetValue<Guid>()).First();
        rep.Target = Target;
    }

    /// <summary>All their keys, under the names that requests have for them.</summary>
    public ApiWords Keys(ApiWords words, Somebody asking)
    {
        words.Choose("rep", $"{person.Id}");
        words.Choose("manager", $"{(Manager ?? this).Person.Id}");
        words["id"] = (operation, _) => (operation.Path switch
        {
            var path when path.Contains("/calls/", StringComparison.Ordinal) => Call,
            var path when path.Contains("/gates/", StringComparison.Ordinal) => Gate,
            var path when path.Contains("/targets/", StringComparison.Ordinal) => Target,
            var path when path.Contains("/import/", StringComparison.Ordinal) => Import,
            var path => throw new InvalidOperationException($"Say whose id {path} asks for."),
        }).ToString();
        words["after"] = (operation, _) => operation.Path.EndsWith("/senders", StringComparison.Ordinal) ? Domain
            : operation.Path.StartsWith("/api/tenant/", StringComparison.Ordinal) && !operation.Path.Contains("prospects", StringComparison.Ordinal) ? $"{person.Id}"
            : null;
        foreach (var name in new[] { "entry", "prospect", "recipients" })
        {
            words.Choose(name, Entry);
        }

        words["others"] = (_, _) => null;
        words.Choose("addressOrDomain", Domain, Entry);
        words.Choose("importId", $"{Import}");
        words.Choose("internetMessageId", MessageId);
        words.Choose("inReplyTo", MessageId);
        words.Choose("conversationId", Conversation);
        words.Choose("ticket", asking.Ticket);
        words.Choose("search", "Plant");
        words.Choose("date", Holiday);
        return words;
    }

    private static JsonObject Asked(string unit) => new() { ["unit"] = unit, ["period"] = "week", ["amount"] = 50, ["from"] = "2026-03-02" };

    private JsonObject Prospect(string secret) => new()
    {
        ["kind"] = "prospect", ["name"] = $"Plant {secret}", ["company"] = $"Plant {secret} Inc", ["phone"] = $"+4930{random.Next(10_000_000, 99_999_999)}",
    };

    private async Task PlantSharedAsync(string root, string secret)
    {
        await person.JsonAsync(HttpMethod.Put, $"{root}/senders/s{Domain}", new JsonObject { ["kind"] = "vip" });
        await person.JsonAsync(HttpMethod.Put, $"{root}/prospects/s{Entry}", Prospect(secret));
        await person.JsonAsync(HttpMethod.Put, $"{root}/holidays/{Holiday}", new JsonObject { ["name"] = $"Plant {secret} day" });
        await ImportAsync($"{root}/prospects/import", secret);
    }

    private async Task ImportAsync(string path, string secret)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"Name,Email\nPlant {secret} file,{secret}@northwind.example\n"), "file", "people.csv" },
            { new StringContent($"{Import}"), "id" },
        };
        using var answer = await person.Api.PostAsync(path, form, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A gate with an id that is known beforehand, waived with a reason.</summary>
    private async Task HoldAsync()
    {
        await using (var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            store.Gates.Add(new GateRow
            {
                TenantId = tenant, RepId = person.Id, GateId = Gate, InternetMessageId = $"<g{mark}@contoso.com>", ConversationId = $"g{mark}",
                FromName = $"Plant {OwnSecret} held", FromAddress = $"{OwnSecret}@held.example", Subject = $"Plant {OwnSecret} held",
                SenderKind = SenderKind.Customer, MadeKind = SenderKind.Customer, Reason = VerdictReason.ListedDomain, CallsRequired = 3, MadeCallsRequired = 3,
                ReceivedAt = now, OpenedAt = now,
            });
            await store.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await person.JsonAsync(HttpMethod.Post, $"/api/gates/{Gate}/waiver", new JsonObject { ["reason"] = $"Plant {OwnSecret} reason" });
    }
}
