using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Calls;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks.Pane;

/// <summary>
/// How soon a manager of five hundred sees the first rep's numbers, signed in, on a weak laptop and a slow mobile link. An
/// absolute figure: reported, never judged.
/// </summary>
internal static class TeamPageBenchmark
{
    private const int Team = 500;
    private const int CallsEach = 5;
    private const int Repeats = 5;
    private const double AimMilliseconds = 1_500;
    private const string Manager = "lena@contoso.com";
    private const string HasNumbers = @"/\d/.test(document.querySelector('[data-rep] td[data-column]')?.textContent)";

    public static async Task RunAsync(TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        await laboratory.AddUsersAsync([Manager]);
        List<string> reps = [.. Enumerable.Range(0, Team).Select(x => $"rep{x}@contoso.com")];
        await laboratory.AddUsersAsync(reps, Manager);
        var ids = await laboratory.IdsAsync();
        await laboratory.StartProductAsync(reps.Select(x => ids[x]), ("Mailbox:SweepInterval", "01:00:00"));
        await CallAsync(laboratory, reps.Select(x => ids[x]));
        using var manager = await laboratory.SignedInAsync(Manager, "Manager");
        while ((await manager.GetFromJsonAsync<JsonObject>("/api/team"))!["size"]!.GetValue<int>() < Team)
        {
            await Task.Delay(500);
        }

        using var asked = await manager.PutAsJsonAsync(
            "/api/targets/team", new { unit = "calls", period = "week", amount = 100, from = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) });
        asked.EnsureSuccessStatusCode();

        await using var watcher = await Watcher.StartAsync();
        var (cold, warm) = (new List<double>(), new List<double>());
        var page = new Uri(laboratory.Address, "/team");
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            await using var window = await watcher.OpenAsync(manager.DefaultRequestHeaders.Authorization!.Parameter, HasNumbers);
            cold.Add((await window.OpenAsync(page)).Ready);
            await Watcher.SettleAsync();
            warm.Add((await window.OpenAsync(page)).Ready);
        }

        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"team page: first rep of {Team} shown after {Measured.Median(cold):0} ms cold, {Measured.Median(warm):0} ms warm (aim {AimMilliseconds:0})"));
    }

    private static async Task CallAsync(Laboratory laboratory, IEnumerable<Guid> reps)
    {
        await using var store = await laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        store.Calls.AddRange(reps.SelectMany(rep => Enumerable.Range(0, CallsEach).Select(_ => new CallRow
        {
            TenantId = laboratory.TenantId,
            RepId = rep,
            CallId = Guid.NewGuid(),
            MadeAt = now,
            LoggedAt = now,
        })));
        await store.SaveChangesAsync();
    }
}
