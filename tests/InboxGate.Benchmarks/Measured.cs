namespace InboxGate.Benchmarks;

/// <summary>What is told of many measurements.</summary>
internal static class Measured
{
    /// <summary>Of an even number the upper of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>Compares the same work in two states, round by round; the two take turns in coming first.</summary>
    /// <param name="uncounted">Rounds before: what runs often is compiled better and better for half a minute.</param>
    /// <returns>The medians of both, and of their ratios within a round.</returns>
    public static async Task<(double Small, double Large, double Ratio)> InTurnsAsync(int rounds, Func<Task<double>> small, Func<Task<double>> large, int uncounted = 0)
    {
        for (var round = 0; round < uncounted; round++)
        {
            await small();
            await large();
        }

        var (smalls, larges, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var before = round % 2 == 1 ? await small() : (double?)null;
            var after = await large();
            var other = before ?? await small();
            smalls.Add(other);
            larges.Add(after);
            ratios.Add(after / other);
        }

        return (Median(smalls), Median(larges), Median(ratios));
    }
}
