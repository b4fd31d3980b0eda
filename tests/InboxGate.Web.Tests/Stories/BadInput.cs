using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace InboxGate.Web.Tests.Stories;

/// <summary>What a caller does wrong is told in words and changes nothing.</summary>
public sealed class BadInput(PostgresServer postgres)
{
    private const string SomeId = "0f0e0d0c-0b0a-4009-8807-060504030201";

    public static TheoryData<string, string, string?, int> Requests => new()
    {
        { "PUT", $"/api/calls/{SomeId}", "{\"secondsAgo\":604801}", 422 },
        { "PUT", $"/api/calls/{SomeId}", "{\"secondsAgo\":-1}", 422 },
        { "PUT", $"/api/calls/{SomeId}", "{\"secondsAgo\":\"soon\"}", 400 },
        { "PUT", $"/api/calls/{SomeId}", "{\"madeAt\":\"2026-02-01T00:00:00Z\"}", 422 },
        { "PUT", $"/api/calls/{SomeId}", "{\"madeAt\":\"2026-03-02T08:00:00Z\",\"secondsAgo\":3}", 422 },
        { "PUT", $"/api/calls/{SomeId}", "{\"outcome\":\"shouted\"}", 400 },
        { "PUT", $"/api/calls/{SomeId}", "{\"outcome\":1}", 400 },
        { "PUT", $"/api/calls/{SomeId}", "{\"colour\":\"red\"}", 400 },
        { "PUT", $"/api/calls/{SomeId}", "{", 400 },
        { "PUT", $"/api/calls/{SomeId}", "[]", 400 },
        { "PUT", "/api/calls/seven", null, 404 },
        { "PUT", $"/api/calls/{SomeId}/outcome", "{\"outcome\":\"meeting\"}", 404 },
        { "PUT", $"/api/calls/{SomeId}/outcome", "{}", 400 },
        { "POST", $"/api/gates/{SomeId}/waiver", "{\"reason\":\"because\"}", 404 },
        { "POST", $"/api/gates/{SomeId}/waiver", "{\"reason\":\"  \"}", 422 },
        { "DELETE", $"/api/gates/{SomeId}/waiver", null, 404 },
        { "PUT", "/api/senders/gmail.com", "{\"kind\":\"prospect\"}", 422 },
        { "PUT", "/api/senders/co.uk", "{\"kind\":\"prospect\"}", 422 },
        { "PUT", "/api/senders/nobody", "{\"kind\":\"prospect\"}", 422 },
        { "PUT", "/api/senders/fabrikam.example", "{\"kind\":\"unknown\"}", 422 },
        { "PUT", "/api/senders/fabrikam.example", "{\"kind\":\"automated\"}", 422 },
        { "PUT", "/api/senders/fabrikam.example", "{\"kind\":\"friend\"}", 400 },
        { "GET", "/api/senders/fabrikam.example", null, 404 },
        { "POST", "/api/messages/verdict", "{}", 400 },
        { "POST", "/api/messages/verdict", "{\"internetMessageId\":\"\"}", 422 },
        { "POST", "/api/messages/verdict", "{\"internetMessageId\":\"<a@b>\",\"replyTo\":[null]}", 422 },
        { "PUT", "/api/plan", "{\"margin\":21}", 422 },
        { "PUT", "/api/plan", "{\"checkpoints\":[{\"time\":\"09:00\",\"share\":50},{\"time\":\"12:00\",\"share\":40},{\"time\":\"16:00\",\"share\":100}]}", 422 },
        { "PUT", "/api/plan", "{\"checkpoints\":[{\"time\":\"25:00\",\"share\":100}]}", 422 },
        { "PUT", "/api/policy", "{\"callsRequired\":{\"colleague\":-1}}", 422 },
        { "PUT", "/api/policy", "{\"callsRequired\":{\"aliens\":1}}", 400 },
        { "PUT", $"/api/targets/{SomeId}", "{\"unit\":\"calls\",\"period\":\"day\",\"amount\":5,\"from\":\"2026-03-02\"}", 403 },
        { "GET", "/api/nothing", null, 404 },
        { "PATCH", "/api/board", "{}", 405 },
    };

    [Fact]
    public async Task Every_refusal_is_a_problem_with_a_stable_type_and_changes_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>());
        var revision = (await rep.BoardAsync())["revision"]!.GetValue<long>();

        foreach (var row in Requests)
        {
            var (method, path, body, status) = row.Data;
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            };
            using var answer = await rep.Api.SendAsync(request, TestContext.Current.CancellationToken);

            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(status == (int)answer.StatusCode, $"{method} {path} {body} answered {(int)answer.StatusCode}: {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = JsonNode.Parse(text)!;
            Assert.StartsWith("https://inboxgate.example/problems/", problem["type"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.NotEmpty(problem["detail"]!.GetValue<string>());
            Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("InboxGate.Web", text, StringComparison.Ordinal);
        }

        Assert.Equal(revision, (await rep.BoardAsync())["revision"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var rep = await world.UserAsync("mira@contoso.com");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/gates/{SomeId}/waiver")
        {
            Content = new StringContent($"{{\"reason\":\"{new string('x', 1_000_000)}\"}}", Encoding.UTF8, "application/json"),
        };
        // A server that refuses a length hangs up on whoever goes on writing, before its answer is read.
        request.Headers.ExpectContinue = true;

        using var answer = await rep.Api.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
