using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.ReplyCheck;

/// <summary>What a send script learns about the answer on its way, through HTTP, on both databases.</summary>
public sealed class ReplyCheckTests(PostgresServer postgres)
{
    private const string Colleague = "ann@contoso.com";
    private const string Other = "bob@contoso.com";

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task The_mail_that_is_answered_tells_what_is_owed_and_calls_by_ticket_earn_it(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        var mail = await script.GatedAsync(Colleague, "thread");
        var gate = (await script.Rep.BoardAsync())["gates"]![0]!["id"]!.GetValue<string>();

        Assert.Equal(Owed(3, 3, 0, gate), await script.CheckAsync($" {mail}\r\n"));

        var id = Guid.NewGuid();
        Assert.Equal((HttpStatusCode.Created, Owed(2, 3, 1, gate)), await script.CallAsync(id, mail));
        Assert.Equal((HttpStatusCode.OK, Owed(2, 3, 1, gate)), await script.CallAsync(id, mail));
        Assert.Equal((HttpStatusCode.Created, Owed(1, 3, 2, gate)), await script.CallAsync(Guid.NewGuid(), mail, secondsAgo: 0));
        Assert.Equal((HttpStatusCode.Created, Owed(0, 3, 3, gate)), await script.CallAsync(Guid.NewGuid(), mail));

        var board = await script.Rep.BoardAsync();
        Assert.Equal("earned", board["gates"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(3, board["counts"]!["calls"]!.GetValue<int>());
        Assert.Equal(Owed(0, 3, 3, gate), await script.CheckAsync(mail));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_a_known_parent_the_conversation_and_a_recipient_find_the_gate(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        // As Graph writes it; Exchange's form of the same id has other letters.
        await script.GatedAsync(Colleague, "AAQk-AbC_dEf=");

        foreach (var conversation in new[] { "AAQk-AbC_dEf=", "AAQk/AbC+dEf=", " AAQk/AbC_dEf= " })
        {
            Assert.Equal(3, Remaining(await script.CheckAsync(null, conversation, "someone@fabrikam.example", Colleague.ToUpperInvariant())));
        }

        Assert.Equal(3, Remaining(await script.CheckAsync("<never-seen@fabrikam.example>", "AAQk-AbC_dEf=", " ann+sales@contoso.com ")));
        Assert.Equal(Nothing(), await script.CheckAsync(null, "AAQk-AbC_dEf=", Other));
        Assert.Equal(Nothing(), await script.CheckAsync(null, "AAQk-AbC_dEf="));
        Assert.Equal(Nothing(), await script.CheckAsync(null, "another", Colleague));
        Assert.Equal(Nothing(), await script.CheckAsync(null, null, Colleague));
        Assert.Equal(Nothing(), await script.CheckAsync("<never-seen@fabrikam.example>"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_follow_up_to_the_reps_own_mail_asks_for_what_the_recipient_wrote_since(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        await script.GatedAsync(Colleague, "thread");
        await world.SendAsync(script.Rep, Colleague, "thread");
        await World.BoardWhenAsync(script.Rep, x => x["gates"]![0]!["state"]!.GetValue<string>() == "answered");
        var own = await SentIdAsync(world, script.Rep);

        Assert.Equal(Nothing(), await script.CheckAsync(own, "thread", Colleague));

        await world.MoveClockAsync("2026-03-02T08:40:00+01:00");
        await script.GatedAsync(Colleague, "thread", gates: 2);
        Assert.Equal(3, Remaining(await script.CheckAsync(own, "thread", Colleague)));
        Assert.Equal(Nothing(), await script.CheckAsync(own, "thread", Other));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_mail_without_a_gate_owes_nothing_whatever_else_waits_in_its_conversation(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        await script.Rep.JsonAsync(HttpMethod.Put, "/api/senders/pat@fabrikam.example", new JsonObject { ["kind"] = "prospect" });
        var prospects = await world.DeliverAsync(script.Rep, "pat@fabrikam.example", "thread");
        var colleagues = await script.GatedAsync(Colleague, "thread");

        Assert.Equal(Nothing(), await script.CheckAsync(prospects, "thread", "pat@fabrikam.example", Colleague));
        Assert.Equal(3, Remaining(await script.CheckAsync(colleagues, "thread", "pat@fabrikam.example", Colleague)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_owed_for_a_waived_mail(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        var mail = await script.GatedAsync(Colleague, "thread");
        var gate = (await script.Rep.BoardAsync())["gates"]![0]!["id"]!.GetValue<string>();

        await script.Rep.JsonAsync(HttpMethod.Post, $"/api/gates/{gate}/waiver", new JsonObject { ["reason"] = "The boss waits." });
        Assert.Equal(Nothing(), await script.CheckAsync(mail, "thread", Colleague));

        await script.Rep.JsonAsync(HttpMethod.Delete, $"/api/gates/{gate}/waiver");
        Assert.Equal(3, Remaining(await script.CheckAsync(mail, "thread", Colleague)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_owed_off_hours_or_while_the_gate_is_off_or_paused(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        var mail = await script.GatedAsync(Colleague, "thread");

        await script.Rep.JsonAsync(HttpMethod.Put, "/api/policy", new JsonObject { ["on"] = false });
        Assert.Equal(Nothing(), await script.CheckAsync(mail));
        await script.Rep.JsonAsync(HttpMethod.Put, "/api/policy", new JsonObject { ["on"] = true, ["pausedUntil"] = "2026-03-02T09:00:00+01:00" });
        Assert.Equal(Nothing(), await script.CheckAsync(mail));

        await world.MoveClockAsync("2026-03-02T16:59:00+01:00");
        Assert.Equal(3, Remaining(await script.CheckAsync(mail)));
        await world.MoveClockAsync("2026-03-02T17:01:00+01:00");
        Assert.Equal(Nothing(), await script.CheckAsync(mail));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_undo_that_came_first_is_kept_and_a_queued_call_counts_when_it_was_made(Database database)
    {
        await using var world = await World.StartAsync(database, postgres);
        var script = await ScriptAsync(world);
        var undone = Guid.NewGuid();
        await script.Rep.JsonAsync(HttpMethod.Delete, $"/api/calls/{undone}");
        await world.MoveClockAsync("2026-03-02T08:30:00+01:00");
        var mail = await script.GatedAsync(Colleague, "thread");

        var (status, answer) = await script.CallAsync(undone, mail);
        Assert.Equal((HttpStatusCode.OK, 3, 0), (status, Remaining(answer), CallsToday(answer)));

        // Before the mail came: a call of today, but not one for this gate.
        var (_, early) = await script.CallAsync(Guid.NewGuid(), mail, secondsAgo: 600);
        Assert.Equal((3, 1), (Remaining(early), CallsToday(early)));
    }

    [Fact]
    public async Task A_ticket_sees_its_own_reps_mail_alone()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var script = await ScriptAsync(world);
        var mail = await script.GatedAsync(Colleague, "thread");
        var others = await ScriptAsync(world, "otto@contoso.com");

        Assert.Equal(Nothing(), await others.CheckAsync(mail, "thread", Colleague));

        await others.CallAsync(Guid.NewGuid(), mail);
        var board = await script.Rep.BoardAsync();
        Assert.Equal((0, 3), (board["counts"]!["calls"]!.GetValue<int>(), board["gates"]![0]!["callsRemaining"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Answers_hold_numbers_and_an_id_and_nothing_of_the_mail()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var script = await ScriptAsync(world);
        var mail = await script.GatedAsync(Colleague, "thread");

        using var answer = await script.AskAsync(HttpMethod.Post, "/api/reply-check", script.Question(mail, "thread", [Colleague]));

        var fields = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject().Select(x => x.Key);
        Assert.Equal(["callsRemaining", "callsRequired", "callsToday", "gateId"], fields);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("{\"ticket\":null}", 400)]
    [InlineData("{\"ticket\":7}", 400)]
    [InlineData("{\"ticket\":\"TICKET\",\"inReplyTo\":7}", 400)]
    [InlineData("{\"ticket\":\"TICKET\",\"recipients\":\"ann@contoso.com\"}", 400)]
    [InlineData("{\"ticket\":\"TICKET\",\"subject\":\"A question\"}", 400)]
    [InlineData("{\"ticket\":\"TICKET\",\"secondsAgo\":1}", 400)]
    [InlineData("{\"ticket\":\"\"}", 401)]
    [InlineData("{\"ticket\":\"nonsense\"}", 401)]
    [InlineData("{\"ticket\":\"a.b.c\"}", 401)]
    [InlineData("{\"ticket\":\"TICKET\",\"inReplyTo\":\"\",\"conversationId\":\"\",\"recipients\":[null,\"\",\"nobody\",\"@\"]}", 200)]
    public async Task What_cannot_be_read_is_refused_in_words(string body, int status)
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var script = await ScriptAsync(world);

        using var answer = await script.SendTextAsync("/api/reply-check", body.Replace("TICKET", script.Ticket, StringComparison.Ordinal));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        if (status == 401)
        {
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Fact]
    public async Task A_huge_body_is_refused_and_so_is_a_call_older_than_a_week()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var script = await ScriptAsync(world);

        using var huge = await script.AskAsync(HttpMethod.Post, "/api/reply-check", script.Question(new string('x', 17_000)));
        var old = script.Question("<a@b>");
        old["secondsAgo"] = 604_801;
        using var tooOld = await script.AskAsync(HttpMethod.Put, $"/api/reply-check/calls/{Guid.NewGuid()}", old);
        using var noId = await script.AskAsync(HttpMethod.Put, "/api/reply-check/calls/seven", script.Question("<a@b>"));

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound),
            (huge.StatusCode, tooOld.StatusCode, noId.StatusCode));
        Assert.Equal(0, (await script.Rep.BoardAsync())["counts"]!["calls"]!.GetValue<int>());
    }

    /// <summary>Classic Outlook's script runtime asks for leave first, as from another site.</summary>
    [Fact]
    public async Task The_event_script_may_ask_from_outside_a_page_and_other_sites_may_not()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        using var client = world.Api(token: null);

        async Task<string?> AllowedAsync(string origin)
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/reply-check");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "content-type");
            using var answer = await client.SendAsync(preflight, TestContext.Current.CancellationToken);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
        }

        Assert.Equal(world.Address.GetLeftPart(UriPartial.Authority), await AllowedAsync(world.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Null(await AllowedAsync("https://evil.example"));
    }

    private static string Owed(int remaining, int required, int today, string gate) =>
        $"{{\"callsRemaining\":{remaining},\"callsRequired\":{required},\"callsToday\":{today},\"gateId\":\"{gate}\"}}";

    private static string Nothing(int callsToday = 0) =>
        $"{{\"callsRemaining\":0,\"callsRequired\":0,\"callsToday\":{callsToday},\"gateId\":null}}";

    private static int Remaining(string answer) => JsonNode.Parse(answer)!["callsRemaining"]!.GetValue<int>();

    private static int CallsToday(string answer) => JsonNode.Parse(answer)!["callsToday"]!.GetValue<int>();

    private static async Task<SendScript> ScriptAsync(World world, string address = "mira@contoso.com")
    {
        var rep = await world.UserAsync(address);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return await SendScript.StartAsync(world, rep);
    }

    private static async Task<string> SentIdAsync(World world, Person rep)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return store.SentMessages.Single(x => x.RepId == rep.Id).InternetMessageId;
    }
}
