namespace InboxGate.Demo;

/// <summary>Ten past eight in Berlin on the latest day from Monday to Friday.</summary>
internal static class WorkingMorning
{
    public static DateTimeOffset Latest(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(-1);
        }

        var local = day.ToDateTime(new TimeOnly(8, 10));
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
