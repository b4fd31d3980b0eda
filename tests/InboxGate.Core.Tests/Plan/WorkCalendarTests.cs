using System.Globalization;

namespace InboxGate.Core.Tests.Plan;

public sealed class WorkCalendarTests
{
    private static readonly IReadOnlySet<DayOfWeek> EveryDay = Enum.GetValues<DayOfWeek>().ToHashSet();

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "01:00", "04:00", "2026-03-29T00:00Z", "2026-03-29T02:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "02:30", "17:00", "2026-03-29T01:00Z", "2026-03-29T15:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "01:00", "02:30", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28", "22:00", "06:00", "2026-03-28T21:00Z", "2026-03-29T04:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:30", "08:00", "2026-10-25T00:30Z", "2026-10-25T07:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "01:00", "02:30", "2026-10-24T23:00Z", "2026-10-25T00:30Z")]
    [InlineData("America/New_York", "2026-03-08", "02:15", "10:00", "2026-03-08T07:00Z", "2026-03-08T14:00Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "09:00", "2026-11-01T05:30Z", "2026-11-01T14:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:10", "10:00", "2026-10-03T15:30Z", "2026-10-03T23:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:30", "10:00", "2026-10-03T15:30Z", "2026-10-03T23:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:45", "10:00", "2026-04-04T14:45Z", "2026-04-04T23:30Z")]
    public void A_day_with_a_clock_change_starts_and_ends_at_the_right_instants(
        string zone, string date, string start, string end, string startsAt, string endsAt)
    {
        var calendar = A.Calendar(start, end, TimeZoneInfo.FindSystemTimeZoneById(zone), EveryDay);

        var period = calendar.PeriodOf(DateOnly.Parse(date, CultureInfo.InvariantCulture));

        Assert.Equal((Instant(startsAt), Instant(endsAt)), (period!.Value.StartsAt, period.Value.EndsAt));
    }

    [Fact]
    public void A_shift_that_the_clocks_swallow_is_none() =>
        Assert.Null(A.Calendar("02:10", "02:40", days: EveryDay).PeriodOf(new DateOnly(2026, 3, 29)));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void Every_instant_of_a_year_belongs_to_one_day_and_days_follow_one_another(string zone)
    {
        var calendar = A.Calendar("22:00", "06:00", TimeZoneInfo.FindSystemTimeZoneById(zone), EveryDay);
        var before = calendar.DateAt(Instant("2026-01-01T00:00Z"));
        for (var instant = Instant("2026-01-01T00:00Z"); instant.Year == 2026; instant = instant.AddMinutes(30))
        {
            var date = calendar.DateAt(instant);
            Assert.InRange(date, before, before.AddDays(1));
            Assert.True(calendar.StartOf(date) <= instant && instant < calendar.EndOf(date));
            before = date;
        }
    }

    [Theory]
    [InlineData("07:59", false)]
    [InlineData("08:00", true)]
    [InlineData("16:59", true)]
    [InlineData("17:00", false)]
    public void Working_time_has_its_start_and_not_its_end(string time, bool working) =>
        Assert.Equal(working, A.Calendar().PeriodAt(A.At(time)) is not null);

    [Theory]
    [InlineData("21:59", 0, 0, false)]
    [InlineData("22:00", 0, 0, true)]
    [InlineData("00:00", 1, 0, true)]
    [InlineData("05:59", 1, 0, true)]
    [InlineData("06:00", 1, 1, false)]
    [InlineData("05:59", 5, 4, true)]
    [InlineData("05:59", 0, 0, false)]
    [InlineData("06:00", 5, 5, false)]
    public void A_night_shift_is_the_day_on_which_it_started(string time, int day, int date, bool working)
    {
        var calendar = A.Calendar("22:00", "06:00");

        Assert.Equal(A.Monday.AddDays(date), calendar.DateAt(A.At(time, day)));
        Assert.Equal(working, calendar.PeriodAt(A.At(time, day)) is not null);
        Assert.Equal(A.Monday.AddDays(day), calendar.LocalDateAt(A.At(time, day)));
    }

    [Fact]
    public void A_day_starts_at_local_midnight_and_lasts_as_long_as_its_clocks_say()
    {
        var calendar = A.Calendar();

        Assert.Equal(TimeSpan.FromHours(23), Length(new DateOnly(2026, 3, 29)));
        Assert.Equal(TimeSpan.FromHours(24), Length(A.Monday));
        Assert.Equal(TimeSpan.FromHours(25), Length(new DateOnly(2026, 10, 25)));

        TimeSpan Length(DateOnly date) => calendar.EndOf(date) - calendar.StartOf(date);
    }

    [Fact]
    public void Working_days_are_counted_with_both_ends_and_without_days_off()
    {
        var calendar = A.Calendar(daysOff: [A.Monday.AddDays(1), A.Monday.AddDays(5)]);

        Assert.Equal(4, calendar.WorkingDays(A.Monday, A.Monday.AddDays(6)));
        Assert.Equal(1, calendar.WorkingDays(A.Monday, A.Monday));
        Assert.Equal(0, calendar.WorkingDays(A.Monday.AddDays(1), A.Monday.AddDays(1)));
        Assert.Equal(0, calendar.WorkingDays(A.Monday.AddDays(1), A.Monday));
    }

    [Fact]
    public void A_rep_who_never_works_has_no_next_period()
    {
        var calendar = A.Calendar(days: new HashSet<DayOfWeek>());

        Assert.Null(calendar.NextPeriodFrom(A.At("09:00")));
        Assert.Null(calendar.PeriodAt(A.At("09:00")));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
