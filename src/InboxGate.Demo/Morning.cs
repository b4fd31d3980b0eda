using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using InboxGate.Simulator;

namespace InboxGate.Demo;

/// <summary>Begins the sample day: users and earlier mail, the rep's first board, the manager's number, the team's calls, then the morning's mail.</summary>
internal static class Morning
{
    private const int AskingAttempts = 60;
    private const int SecondsBetweenCalls = 75;

    /// <returns>The rep's address.</returns>
    public static async Task<string> BeginAsync(SimulatorHost simulator, Uri product, CancellationToken ct)
    {
        using var world = new HttpClient { BaseAddress = simulator.HttpAddress };
        await SampleDay.Day.PrepareAsync(world, simulator.Clock.GetUtcNow(), ct);

        using var rep = await SignedInAsync(world, product, SampleDay.Day.Rep, [], ct);
        var board = await rep.GetFromJsonAsync<JsonNode>("/api/board", ct);
        foreach (var (entry, kind) in SampleDay.Day.KnownSenders)
        {
            using var listed = await rep.PutAsJsonAsync($"/api/senders/{entry}", new { kind }, ct);
            listed.EnsureSuccessStatusCode();
        }

        foreach (var (entry, name, company, phone) in SampleDay.Day.Prospects)
        {
            using var listed = await rep.PutAsJsonAsync($"/api/prospects/{entry}", new { kind = "prospect", name, company, phone }, ct);
            listed.EnsureSuccessStatusCode();
        }

        using var manager = await SignedInAsync(world, product, SampleDay.Day.Manager, ["Manager"], ct);
        var today = board!["today"]!["date"]!.GetValue<string>();
        await AskForCallsAsync(manager, rep, today, ct);
        foreach (var (user, outcomes) in SampleDay.Day.Colleagues)
        {
            using var colleague = await SignedInAsync(world, product, user, [], ct);
            await MakeCallsAsync(colleague, outcomes, ct);
        }

        await AskForMeetingsAsync(manager, today, ct);

        await SampleDay.Day.DeliverMorningAsync(world, simulator.Clock.GetUtcNow(), ct);
        return SampleDay.Day.Rep;
    }

    /// <summary>A team has the members whose profiles have been read; right after the first board that may take a moment.</summary>
    private static async Task AskForCallsAsync(HttpClient manager, HttpClient rep, string today, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= AskingAttempts; attempt++)
        {
            using var asked = await manager.PutAsJsonAsync(
                "/api/targets/team", new { unit = "calls", period = "month", amount = 400, from = today }, ct);
            asked.EnsureSuccessStatusCode();
            var board = await rep.GetFromJsonAsync<JsonNode>("/api/board", ct);
            if (board!["targets"]!.AsArray().Count > 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }

        throw new InvalidOperationException("The manager's number has not reached the rep.");
    }

    /// <summary>The colleague opens InboxGate for the first time and logs what they did before.</summary>
    private static async Task MakeCallsAsync(HttpClient colleague, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        await colleague.GetFromJsonAsync<JsonNode>("/api/board", ct);
        for (var call = 0; call < outcomes.Count; call++)
        {
            var secondsAgo = (outcomes.Count - call) * SecondsBetweenCalls;
            using var logged = await colleague.PutAsJsonAsync($"/api/calls/{Guid.NewGuid()}", new { secondsAgo, outcome = outcomes[call] }, ct);
            logged.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Beside the calls, two meetings a week of some: the team page shows several targets. Whoever reports to the manager is known when their profiles have been read.</summary>
    private static async Task AskForMeetingsAsync(HttpClient manager, string today, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= AskingAttempts; attempt++)
        {
            var team = await manager.GetFromJsonAsync<JsonNode>("/api/team", ct);
            var reps = team!["reps"]!.AsArray();
            if (reps.Count > SampleDay.Day.Colleagues.Count)
            {
                foreach (var one in reps.Where(x => x!["name"]!.GetValue<string>() is "Noor Haddad" or "Priya Nair"))
                {
                    using var asked = await manager.PutAsJsonAsync(
                        $"/api/targets/{one!["rep"]}", new { unit = "meetings", period = "week", amount = 2, from = today }, ct);
                    asked.EnsureSuccessStatusCode();
                }

                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }

        throw new InvalidOperationException("The team has not found together.");
    }

    private static async Task<HttpClient> SignedInAsync(HttpClient world, Uri product, string user, string[] roles, CancellationToken ct)
    {
        using var answer = await world.PostAsJsonAsync("/sim/tokens", new { user, roles }, ct);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonNode>(ct))!["accessToken"]!.GetValue<string>();
        var client = new HttpClient { BaseAddress = product };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
