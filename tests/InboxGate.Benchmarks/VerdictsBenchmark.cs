using System.Diagnostics;
using System.Globalization;
using InboxGate.Core.Senders;

namespace InboxGate.Benchmarks;

/// <summary>
/// Verdicts on mails that were never seen before, on one thread, against what a machine needs for twelve header look-ups
/// and two dictionary look-ups. Both take turns in one run, so that a busy machine slows both.
/// </summary>
internal static class VerdictsBenchmark
{
    private const int Entries = 10_000;
    private const int Mails = 100_000;
    private const int Rounds = 9;

    /// <summary>Decisions between two readings of the clock: short, so that a busy moment falls on few of them.</summary>
    private const int Slice = 2_000;

    /// <summary>Rounds for the compiler, which swaps methods for faster ones behind the scenes.</summary>
    private const int WarmUps = 4;

    /// <summary>Three million verdicts a second where the bound is 7.7 million.</summary>
    private const double LeastRatio = 0.39;

    public static bool Run(TextWriter output)
    {
        var random = new Random(20261124);
        var listed = Enumerable.Range(0, Entries).Select(i => (Entry: Entry(i), Kind: KindOf(i))).ToList();
        var context = new SenderContext(
            ["sam.rep@contoso.com", "sam@contoso.onmicrosoft.com"],
            "mara.chief@contoso.com",
            managerIsVip: true,
            inferFromMyOutreach: true,
            new SenderList(listed.Where((_, i) => i % 3 == 0)),
            new SenderList(listed.Where((_, i) => i % 3 == 1)),
            new SenderList(listed.Where((_, i) => i % 3 == 2)),
            ["contoso.com", "contoso.onmicrosoft.com"]);
        var keys = new Dictionary<string, SenderKind>(listed.Select(x => KeyValuePair.Create(x.Entry.Key, x.Kind)));
        var headerLookups = HeaderNames.ToDictionary(x => x, x => x.Length, StringComparer.OrdinalIgnoreCase);

        var verdictSeconds = new List<double>();
        var boundSeconds = new List<double>();
        var ratios = new List<double>();
        long allocated = 0;
        long sum = 0;
        for (var round = -WarmUps; round < Rounds; round++)
        {
            // New strings every round: nothing that was decided before can be remembered.
            var mails = Enumerable.Range(0, Mails).Select(i => Mail(random, i, round + WarmUps)).ToArray();

            // A collection that ends in the middle would book the rest of this thread's allocation buffer as used.
            GC.Collect();
            for (var first = 0; first < Mails; first += Slice)
            {
                // Whoever comes second finds the strings warm: they take turns in that too.
                var isBoundFirst = first / Slice % 2 == 1;
                var bound = isBoundFirst ? TimeBound() : 0;

                var before = GC.GetAllocatedBytesForCurrentThread();
                var started = Stopwatch.GetTimestamp();
                for (var i = first; i < first + Slice; i++)
                {
                    var verdict = SenderClassifier.Classify(mails[i], context);
                    sum += (int)verdict.Kind + (int)verdict.Reason;
                }

                var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                bound = isBoundFirst ? bound : TimeBound();
                if (round >= 0)
                {
                    verdictSeconds.Add(took);
                    boundSeconds.Add(bound);
                    ratios.Add(bound / took);
                    allocated += bytes;
                }

                double TimeBound()
                {
                    var started = Stopwatch.GetTimestamp();
                    for (var i = first; i < first + Slice; i++)
                    {
                        sum += Bound(mails[i], headerLookups, keys);
                    }

                    return Stopwatch.GetElapsedTime(started).TotalSeconds;
                }
            }
        }

        var perSecond = Slice / Measured.Median(verdictSeconds);
        var boundPerSecond = Slice / Measured.Median(boundSeconds);
        var ratio = Measured.Median(ratios);
        var perDecision = allocated / (double)(Mails * Rounds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verdicts        {perSecond / 1e6:F2} million/s on one thread, lists of {Entries} entries"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bound           {boundPerSecond / 1e6:F2} million/s (12 header look-ups and 2 dictionary look-ups)"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio           {ratio:F2} (at least {LeastRatio:F2})"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated       {perDecision:F3} bytes per decision (checksum {sum})"));
        return perDecision == 0 && ratio >= LeastRatio;
    }

    private static readonly string[] HeaderNames =
    [
        "Received", "Authentication-Results", "DKIM-Signature", "From", "To", "Subject", "Date", "Message-ID",
        "MIME-Version", "Content-Type", "Return-Path", "X-Originating-IP",
    ];

    /// <summary>What any decision must at least do: look at each header's name and ask for the address and the domain.</summary>
    private static int Bound(MessageFacts mail, Dictionary<string, int> headerLookups, Dictionary<string, SenderKind> keys)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++)
        {
            sum += headerLookups.TryGetValue(mail.Headers![i].Name, out var length) ? length : 0;
        }

        var address = mail.From!.Address!;
        var lookup = keys.GetAlternateLookup<ReadOnlySpan<char>>();
        sum += lookup.TryGetValue(address, out var kind) ? (int)kind : 0;
        sum += lookup.TryGetValue(address.AsSpan(address.IndexOf('@') + 1), out kind) ? (int)kind : 0;
        return sum;
    }

    private static ListEntry Entry(int i)
    {
        var text = i % 2 == 0 ? $"buyer{i}@company{i / 7}.example.com" : $"company{i}.com";
        return ListEntry.TryParse(text, out var entry, out var refusal) ? entry : throw new InvalidOperationException($"{text}: {refusal}");
    }

    private static SenderKind KindOf(int i) => (i % 4) switch
    {
        0 => SenderKind.Prospect,
        1 => SenderKind.Customer,
        2 => SenderKind.Vip,
        _ => SenderKind.Other,
    };

    private static MessageFacts Mail(Random random, int i, int round)
    {
        var n = random.Next(Entries);
        var address = random.Next(10) switch
        {
            0 => $"buyer{n & ~1}@company{(n & ~1) / 7}.example.com",
            1 => $"Ann.Smith{i}.{round}@Company{n | 1}.com",
            2 => $"ann{i}.{round}@mail.eu.company{n | 1}.com",
            3 => $"colleague{i}.{round}@contoso.com",
            4 => $"no-reply{i}.{round}@shop{n}.net",
            5 => $"ann+offer{i}.{round}@company{n | 1}.com",
            6 => $"ann{i}.{round}@m\u00fcller{n}.de",
            _ => $"someone{i}.{round}@stranger{n}.co.uk",
        };
        var headers = HeaderNames.Select(x => new MessageHeader(new string(x), $"{x.Length} {i}")).ToArray();
        return new MessageFacts(new Correspondent($"Ann {i}", address), Headers: headers);
    }
}
