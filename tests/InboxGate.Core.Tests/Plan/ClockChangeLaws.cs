using CsCheck;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;

namespace InboxGate.Core.Tests.Plan;

/// <summary>What holds on any day holds on those when the clocks change, for day shifts and night shifts alike.</summary>
public sealed class ClockChangeLaws
{
    private static readonly IReadOnlySet<DayOfWeek> EveryDay = Enum.GetValues<DayOfWeek>().ToHashSet();

    /// <summary>A zone, an instant near one of its changes in 2026, and working hours on quarters of an hour.</summary>
    private static readonly Gen<(WorkCalendar Calendar, DateTimeOffset Instant)> Days =
        A.OneOf(
            ("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"),
            ("America/New_York", "2026-03-08"), ("America/New_York", "2026-11-01"),
            ("Australia/Lord_Howe", "2026-04-05"), ("Australia/Lord_Howe", "2026-10-04"))
        .SelectMany(x => Gen.Select(Gen.Int[0, 95], Gen.Int[0, 95], Gen.Int[-36 * 4, 36 * 4], (start, end, quarters) => (
            new WorkCalendar(
                TimeZoneInfo.FindSystemTimeZoneById(x.Item1), TimeOnly.MinValue.AddMinutes(start * 15), TimeOnly.MinValue.AddMinutes(end * 15),
                EveryDay, new HashSet<DateOnly>()),
            new DateTimeOffset(DateOnly.Parse(x.Item2, null), new TimeOnly(12, 0), TimeSpan.Zero).AddMinutes(quarters * 15))));

    [Fact]
    public void A_gate_opens_at_once_in_working_time_and_else_at_the_next_start() =>
        Days.Sample((calendar, received) =>
        {
            var opened = GateMaking.OpenedAt(received, calendar);

            Assert.NotNull(calendar.PeriodAt(opened));
            if (calendar.PeriodAt(received) is not null)
            {
                Assert.Equal(received, opened);
                return;
            }

            Assert.Equal(calendar.PeriodAt(opened)!.Value.StartsAt, opened);
            for (var between = received; between < opened; between = between.AddMinutes(15))
            {
                Assert.Null(calendar.PeriodAt(between));
            }
        }, iter: 2_000);

    [Fact]
    public void A_gate_outlives_its_day_and_ends_with_the_next() =>
        Days.Sample((calendar, received) =>
        {
            var opened = GateMaking.OpenedAt(received, calendar);
            var day = calendar.PeriodAt(opened)!.Value;

            var expires = GateSettlement.ExpiresAt(A.Gate(openedAt: opened), calendar);

            Assert.True(expires > day.EndsAt || expires == calendar.PeriodOf(day.Date.AddDays(1))!.Value.EndsAt);
            Assert.Equal(day.Date, calendar.DateAt(opened));
        }, iter: 2_000);

    [Fact]
    public void Every_instant_lies_in_the_day_it_is_counted_to() =>
        Days.Sample((calendar, instant) =>
        {
            var date = calendar.DateAt(instant);
            Assert.True(calendar.StartOf(date) <= instant && instant < calendar.EndOf(date));
            Assert.Equal(calendar.EndOf(date), calendar.StartOf(date.AddDays(1)));
            if (calendar.PeriodAt(instant) is { } period)
            {
                Assert.Equal(period.Date, date);
            }
        }, iter: 2_000);

    [Fact]
    public void Checkpoints_rise_and_all_but_the_last_lie_strictly_inside_the_day() =>
        Days.Sample((calendar, instant) =>
        {
            if (calendar.PeriodOf(calendar.DateAt(instant)) is not { } period)
            {
                return;
            }

            var checkpoints = Checkpoints.Of(period, calendar, RepPlan.Default);
            var times = checkpoints.Select(x => x.At).ToList();
            Assert.Equal(times.Distinct().Order(), times);
            Assert.All(times.SkipLast(1), x => Assert.True(x > period.StartsAt && x < period.EndsAt));
            Assert.Equal(period.EndsAt.AddMinutes(-30), times[^1]);
        }, iter: 2_000);
}
