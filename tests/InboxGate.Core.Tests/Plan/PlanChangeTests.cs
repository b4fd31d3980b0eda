using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>Harder counts today, easier tomorrow. The usual day: 30 % by 9:00, 75 % by 12:00, all by 16:30.</summary>
public sealed class PlanChangeTests
{
    private static readonly DateOnly Tomorrow = A.Monday.AddDays(1);

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(20, true)]
    [InlineData(4, false)]
    [InlineData(0, false)]
    public void A_smaller_margin_is_easier(int margin, bool countsToday) =>
        Assert.Equal(countsToday ? A.Monday : Tomorrow, From(RepPlan.Default with { Margin = margin }));

    [Theory]
    [InlineData("09:00 30, 12:00 75, 16:30 100", true)]
    [InlineData("08:30 30, 12:00 75, 16:30 100", true)]
    [InlineData("09:00 40, 12:00 75, 16:30 100", true)]
    [InlineData("09:00 30, 10:30 60, 12:00 75, 16:30 100", true)]
    [InlineData("09:00 100", true)]
    [InlineData("09:30 30, 12:00 75, 16:30 100", false)]
    [InlineData("09:00 29, 12:00 75, 16:30 100", false)]
    [InlineData("09:00 90, 12:00 90, 16:45 100", false)]
    [InlineData("16:30 100", false)]
    public void Later_or_smaller_pieces_are_easier(string checkpoints, bool countsToday) =>
        Assert.Equal(countsToday ? A.Monday : Tomorrow, From(new RepPlan(Parse(checkpoints), 5)));

    [Fact]
    public void On_a_day_off_nothing_is_asked_and_the_change_counts_at_once() =>
        Assert.Equal(
            A.Monday.AddDays(-1),
            PlanChange.CountsFrom(RepPlan.Default, new RepPlan(null, 0), A.Calendar(), A.Monday.AddDays(-1)));

    [Fact]
    public void To_keep_the_pace_is_easier_and_to_make_up_again_is_not()
    {
        var kept = RepPlan.Default with { KeepsPaceUntil = A.Monday };

        Assert.Equal(Tomorrow, From(kept));
        Assert.Equal(A.Monday, From(RepPlan.Default with { KeepsPaceUntil = A.Monday.AddDays(-1) }));
        Assert.Equal(A.Monday, PlanChange.CountsFrom(kept, RepPlan.Default, A.Calendar(), A.Monday));
    }

    private static DateOnly From(RepPlan after) => PlanChange.CountsFrom(RepPlan.Default, after, A.Calendar(), A.Monday);

    private static List<CheckpointPlan> Parse(string text) =>
        [.. text.Split(", ").Select(x => new CheckpointPlan(TimeOnly.Parse(x.Split(' ')[0], null), int.Parse(x.Split(' ')[1], null)))];
}
