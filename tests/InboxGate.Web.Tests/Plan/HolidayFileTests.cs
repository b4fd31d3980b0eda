using System.Globalization;
using System.Text;
using InboxGate.Web.Plan;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Tests.Plan;

/// <summary>The days off that a calendar file holds between 2025 and 2029.</summary>
public sealed class HolidayFileTests
{
    [Theory]
    [InlineData("one day", "DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261226", "2026-12-25")]
    [InlineData("without an end", "DTSTART;VALUE=DATE:20261225", "2026-12-25")]
    [InlineData("ends on the day itself", "DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261225", "2026-12-25")]
    [InlineData("several days", "DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227", "2026-12-24 2026-12-25 2026-12-26")]
    [InlineData("by its length", "DTSTART;VALUE=DATE:20261224|DURATION:P2D", "2026-12-24 2026-12-25")]
    [InlineData("across the first day taken", "DTSTART;VALUE=DATE:20241230|DTEND;VALUE=DATE:20250103", "2025-01-01 2025-01-02")]
    [InlineData("across the last day taken", "DTSTART;VALUE=DATE:20291230|DTEND;VALUE=DATE:20300103", "2029-12-30 2029-12-31")]
    [InlineData("without an end in sight", "DTSTART;VALUE=DATE:20291231|DTEND;VALUE=DATE:99991231", "2029-12-31")]
    [InlineData("every year", "DTSTART;VALUE=DATE:20000101|RRULE:FREQ=YEARLY", "2025-01-01 2026-01-01 2027-01-01 2028-01-01 2029-01-01")]
    [InlineData("every year until", "DTSTART;VALUE=DATE:20000101|RRULE:FREQ=YEARLY;UNTIL=20260601", "2025-01-01 2026-01-01")]
    [InlineData("thrice", "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;COUNT=3", "2026-01-01 2027-01-01 2028-01-01")]
    [InlineData("but not that year", "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;COUNT=3|EXDATE;VALUE=DATE:20270101", "2026-01-01 2028-01-01")]
    [InlineData("the fourth Thursday of November", "DTSTART;VALUE=DATE:20201126|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2025-11-27 2026-11-26 2027-11-25 2028-11-23 2029-11-22")]
    [InlineData("two days every other year", "DTSTART;VALUE=DATE:20241224|DTEND;VALUE=DATE:20241226|RRULE:FREQ=YEARLY;INTERVAL=2", "2026-12-24 2026-12-25 2028-12-24 2028-12-25")]
    [InlineData("on days named one by one", "DTSTART;VALUE=DATE:20260403|RDATE;VALUE=DATE:20270326,20280414", "2026-04-03 2027-03-26 2028-04-14")]
    public void Whole_days_are_taken(string name, string lines, string days)
    {
        var file = Parse(Event(name, lines));

        Assert.Equal(days, string.Join(' ', file.Days.Select(x => x.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        Assert.All(file.Days, x => Assert.Equal(name, x.Name));
        Assert.Empty(file.PassedOver);
    }

    [Theory]
    [InlineData("DTSTART:20261225T120000Z|DTEND:20261225T130000Z", "It is not a whole day.")]
    [InlineData("DTSTART;TZID=Nowhere/Land:20261225T120000|DTEND;TZID=Nowhere/Land:20261225T130000", "It is not a whole day.")]
    [InlineData("DTSTART;VALUE=DATE:20261225|DTEND:20261225T130000Z", "It is not a whole day.")]
    [InlineData("DTSTART;VALUE=DATE:20261225|STATUS:CANCELLED", "It is cancelled.")]
    [InlineData("DTEND;VALUE=DATE:20261225", "It has no date that can be read.")]
    [InlineData("DTSTART:tomorrow", "It has no date that can be read.")]
    [InlineData("DTSTART;VALUE=DATE:20241231", "It is on no day between 2025-01-01 and 2029-12-31.")]
    [InlineData("DTSTART;VALUE=DATE:20300101", "It is on no day between 2025-01-01 and 2029-12-31.")]
    [InlineData("DTSTART;VALUE=DATE:20000101|RRULE:FREQ=YEARLY;UNTIL=20200601", "It is on no day between 2025-01-01 and 2029-12-31.")]
    [InlineData("DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30|EXDATE;VALUE=DATE:20260101", "It is on no day between 2025-01-01 and 2029-12-31.")]
    [InlineData("DTSTART;VALUE=DATE:20260101|DTEND;VALUE=DATE:20250101|RRULE:FREQ=YEARLY", "It is on no day between 2025-01-01 and 2029-12-31.")]
    [InlineData("DTSTART;VALUE=DATE:20260101|RRULE:FREQ=SECONDLY", "It repeats in a way that days off do not.")]
    [InlineData("DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY", "It repeats in a way that days off do not.")]
    [InlineData("DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY|RRULE:FREQ=SECONDLY", "It repeats by more than one rule.")]
    public void What_is_no_day_off_is_passed_over_and_told_why(string lines, string why)
    {
        var file = Parse(Event("Lunch", lines) + Event("Christmas Day", "DTSTART;VALUE=DATE:20261225"));

        Assert.Equal(new PassedOver("Lunch", why), Assert.Single(file.PassedOver));
        Assert.Equal("Christmas Day", Assert.Single(file.Days).Name);
    }

    [Fact]
    public void A_repetition_that_was_moved_stands_where_it_was_moved_to()
    {
        var file = Parse(
            Event("Founders' day", "UID:1|DTSTART;VALUE=DATE:20250601|RRULE:FREQ=YEARLY;COUNT=3")
            + Event("Founders' day (Monday)", "UID:1|RECURRENCE-ID;VALUE=DATE:20260601|DTSTART;VALUE=DATE:20260608")
            + Event("Founders' day", "UID:1|RECURRENCE-ID;VALUE=DATE:20270601|DTSTART;VALUE=DATE:20270601|STATUS:CANCELLED"));

        Assert.Equal([new(2025, 6, 1), new(2026, 6, 8)], file.Days.Select(x => x.Date));
        Assert.Equal("It is cancelled.", Assert.Single(file.PassedOver).Why);
    }

    [Fact]
    public void A_name_is_one_tidy_line_and_a_day_has_one()
    {
        var file = Parse(
            Event("Labour Day\\, May\\n1", "DTSTART;VALUE=DATE:20260501")
            + Event(new string('x', 199) + "😀", "DTSTART;VALUE=DATE:20260502")
            + Event("Second name", "DTSTART;VALUE=DATE:20260501")
            + "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260503\r\nEND:VEVENT\r\n");

        Assert.Equal(["Labour Day, May 1", new string('x', 199)], file.Days.Select(x => x.Name));
        Assert.Equal("It has no name.", Assert.Single(file.PassedOver).Why);
    }

    [Fact]
    public void Calendars_one_after_another_and_other_encodings_with_a_mark_are_read()
    {
        var text = Calendar(Event("Neujahr", "DTSTART;VALUE=DATE:20260101")) + Calendar(Event("Mariä Himmelfahrt", "DTSTART;VALUE=DATE:20260815"));

        foreach (var encoding in new[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode })
        {
            var file = Parse([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            Assert.Equal(["Neujahr", "Mariä Himmelfahrt"], file.Days.Select(x => x.Name));
        }
    }

    public static TheoryData<string, byte[]> Unreadable => new()
    {
        { "nothing", [] },
        { "prose", "Dear all, the holidays are as follows."u8.ToArray() },
        { "a zip", [0x50, 0x4b, 3, 4, 0x14, 0, 0, 0, 8, 0, 0x3a, 0xff, 0xfe] },
        { "zeros", new byte[4096] },
        { "JSON", """{"holidays":[]}"""u8.ToArray() },
        { "Latin-1", Encoding.Latin1.GetBytes(Calendar(Event("Mariä Himmelfahrt", "DTSTART;VALUE=DATE:20260815"))) },
        { "an event that is not ended", Encoding.UTF8.GetBytes(Calendar("BEGIN:VEVENT\r\nSUMMARY:A\r\n")) },
        { "a calendar that is cut off", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\n" + Event("A", "DTSTART;VALUE=DATE:20260101")) },
        { "a day that does not exist", Encoding.UTF8.GetBytes(Calendar(Event("A", "DTSTART;VALUE=DATE:20261399"))) },
        { "a rule that does not exist", Encoding.UTF8.GetBytes(Calendar(Event("A", "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=SOMETIMES"))) },
        { "events in events", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\n", 20_000))) },
    };

    [Theory, MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void What_is_no_calendar_is_refused(string what, byte[] file)
    {
        var refusal = Assert.Throws<RefusalException>(() => Parse(file));
        Assert.True(refusal is { Status: 422, Type: "not-a-calendar" }, what);
    }

    [Theory]
    [InlineData(1_001, "DTSTART;VALUE=DATE:20260101")]
    [InlineData(1, "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY")]
    [InlineData(1, "DTSTART;VALUE=DATE:20260101|DTEND;VALUE=DATE:99990101")]
    public void Too_much_at_once_is_refused(int events, string lines) =>
        Assert.Equal("holidays-too-many", Assert.Throws<RefusalException>(() => Parse(string.Concat(Enumerable.Repeat(Event("A", lines), events)))).Type);

    private static HolidayFile Parse(string events) => Parse(Encoding.UTF8.GetBytes(Calendar(events)));

    private static HolidayFile Parse(byte[] file) => HolidayFile.Parse(file, new DateOnly(2025, 1, 1), new DateOnly(2029, 12, 31));

    private static string Calendar(string events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A//B//EN\r\n{events}END:VCALENDAR\r\n";

    private static string Event(string name, string lines) =>
        $"BEGIN:VEVENT\r\nSUMMARY:{name}\r\n{lines.Replace("|", "\r\n", StringComparison.Ordinal)}\r\nEND:VEVENT\r\n";
}
