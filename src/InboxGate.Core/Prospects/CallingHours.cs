namespace InboxGate.Core.Prospects;

/// <summary>When a prospect may be called: Monday to Friday, from 9:00 until before 18:00, where they are.</summary>
public static class CallingHours
{
    private static readonly TimeOnly Start = new(9, 0);
    private static readonly TimeOnly End = new(18, 0);

    /// <param name="zones">All the zones the number may be in; it must be daytime in every one of them.</param>
    public static bool AreOpen(IReadOnlyCollection<TimeZoneInfo> zones, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(zones);
        return zones.Select(x => TimeZoneInfo.ConvertTime(now, x)).All(x =>
            x.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            && TimeOnly.FromTimeSpan(x.TimeOfDay) is var time && time >= Start && time < End);
    }
}
