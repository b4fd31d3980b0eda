using System.Diagnostics;
using System.Globalization;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Benchmarks;

/// <summary>
/// Six thousand mails of one mailbox caught up after its delta link was lost, and what that takes of memory: the highest
/// the managed heap stands above where it stood before, garbage and the simulator's share included. Absolute figures:
/// reported, never judged.
/// </summary>
internal static class MissedMailBenchmark
{
    private const int Missed = 6_000;
    private const double AimMegabytes = 60;

    public static async Task RunAsync(TextWriter report)
    {
        await using var laboratory = await Laboratory.OpenAsync();
        await laboratory.AddUsersAsync([Laboratory.Colleague, "warm@contoso.com", "rep@contoso.com"]);
        await laboratory.DeliverAsync(["warm@contoso.com"], 200);
        var ids = await laboratory.IdsAsync();
        await laboratory.StartProductAsync([ids["warm@contoso.com"], ids["rep@contoso.com"]], ("Mailbox:SweepInterval", "00:00:02"));
        await UntilAsync(laboratory, 200);
        await laboratory.DeliverAsync(["rep@contoso.com"], Missed);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using (var store = await OpenAsync(laboratory))
        {
            await store.MailboxWatches.ExecuteUpdateAsync(set => set.SetProperty(x => x.Link, "https://graph.example/forgotten"));
        }

        var startedAt = Stopwatch.GetTimestamp();
        var highest = await UntilAsync(laboratory, 200 + Missed);
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"missed mail: {Missed} caught up in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:0.0} s with {(highest - before) / 1024.0 / 1024.0:0} MB more memory (aim {AimMegabytes:0})"));
    }

    /// <returns>The most memory seen meanwhile.</returns>
    private static async Task<long> UntilAsync(Laboratory laboratory, int gates)
    {
        var highest = 0L;
        while (true)
        {
            highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false));
            await using var store = await OpenAsync(laboratory);
            if (await store.Gates.CountAsync() >= gates)
            {
                return highest;
            }

            await Task.Delay(20);
        }
    }

    private static Task<Store> OpenAsync(Laboratory laboratory) => laboratory.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
}
