using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

public sealed class StreakTests
{
    /// <summary>Each letter is one day back to Monday two weeks ago: m(et), x (missed), . (no goal), space for the weekend.</summary>
    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("mmmmm  mmmmm  ", 0, 20, 10)]
    [InlineData("mmmmm  mmmmm  ", 19, 20, 10)]
    [InlineData("mmmmm  mmmmm  ", 20, 20, 11)]
    [InlineData("mmmmm  mmmmm  ", 0, 0, 10)]
    [InlineData("mmmmm  mxmmm  ", 20, 20, 10)]
    [InlineData("mmmmm  mxmxm  ", 20, 20, 2)]
    [InlineData("mmmmm  mxmxx  ", 20, 20, 1)]
    [InlineData("mmmmx  xmmmm  ", 20, 20, 9)]
    [InlineData("mmxxm  mmmmm  ", 20, 20, 7)]
    [InlineData("mm..m  .mxm.  ", 20, 20, 6)]
    [InlineData(".....  .....  ", 0, 20, 0)]
    public void Working_days_with_the_goal_met_count_and_one_miss_a_week_is_forgiven(string days, int callsToday, int goal, int streak)
    {
        var closed = days.Select((x, i) => (Letter: x, Date: A.Monday.AddDays(i - days.Length)))
            .Where(x => x.Letter != ' ')
            .Select(x => new ClosedDay(x.Date, new DayCounts(x.Letter == 'm' ? 20 : 19, 0, 0), x.Letter == '.' ? 0 : 20))
            .ToList();

        Assert.Equal(streak, Streak.Of(closed, A.Monday, callsToday, goal));
        Assert.Equal(streak, Streak.Of([.. Enumerable.Reverse(closed), .. closed], A.Monday, callsToday, goal));
    }
}
