using InboxGate.Core.Gates;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Gates;

public sealed class PolicyLimitsTests
{
    private static readonly PolicyLimits Limits = new(
        new Dictionary<SenderKind, CallsRange> { [SenderKind.Customer] = new(2, 5) }, MaySwitchOff: false, LongestPauseHours: 4);

    [Theory]
    [InlineData(SenderKind.Customer, 1, 2)]
    [InlineData(SenderKind.Customer, 2, 2)]
    [InlineData(SenderKind.Customer, 5, 5)]
    [InlineData(SenderKind.Customer, 6, 5)]
    [InlineData(SenderKind.Colleague, 0, 0)]
    public void A_number_of_calls_is_held_within_its_kind_s_range(SenderKind kind, int calls, int nearest) =>
        Assert.Equal(nearest, Limits.Nearest(kind, calls));

    [Fact]
    public void Each_limit_that_is_not_said_is_the_wider_scope_s()
    {
        var narrower = new PolicyLimits(new Dictionary<SenderKind, CallsRange> { [SenderKind.Colleague] = new(0, 1) }, MaySwitchOff: true, MayChooseCounting: false);

        var both = narrower.Before(Limits);

        Assert.Equal((true, false, 4), (both.MaySwitchOff, both.MayChooseCounting, both.LongestPauseHours));
        Assert.Equal((3, 1), (both.Nearest(SenderKind.Customer, 3), both.Nearest(SenderKind.Colleague, 9)));
    }

    [Fact]
    public void A_pause_is_limited_from_when_it_is_asked_for()
    {
        Assert.Equal(A.At("13:00"), Limits.LatestPause(A.At("09:00")));
        Assert.Equal(DateTimeOffset.MaxValue, PolicyLimits.None.LatestPause(A.At("09:00")));
    }
}
