namespace InboxGate.Web.Mailbox;

/// <summary>A zone as mailbox settings spell it out when it has no name.</summary>
/// <param name="Offset">From UTC in standard time.</param>
/// <param name="DaylightSaving">Added in summer; zero when the clocks never change.</param>
/// <param name="DaylightMonth">The month in which summer time begins, 1 to 12; 0 for never.</param>
/// <param name="StandardMonth">The month in which it ends.</param>
public readonly record struct CustomZone(TimeSpan Offset, TimeSpan DaylightSaving, int DaylightMonth, int StandardMonth)
{
    public bool ChangesClocks => DaylightSaving != TimeSpan.Zero && DaylightMonth is >= 1 and <= 12 && StandardMonth is >= 1 and <= 12;
}

public static class TimeZones
{
    /// <summary>The zones tried first, so that a spelt-out zone gets a familiar name rather than the first in the alphabet.</summary>
    private static readonly string[] Familiar =
    [
        "Europe/London", "Europe/Berlin", "Europe/Helsinki", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
        "Australia/Sydney",
    ];

    /// <summary>The IANA name for a zone as mailbox settings name it: Windows or IANA; null when it names none (custom zones, empty).</summary>
    public static string? Resolve(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return null;
        }

        return zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : null;
    }

    /// <summary>
    /// The IANA name of a zone with the same offset whose clocks change in the same months; without one, the fixed offset
    /// for whole hours; else null.
    /// </summary>
    public static string? Resembling(CustomZone custom)
    {
        if (custom.ChangesClocks)
        {
            var like = Familiar.Select(TimeZoneInfo.FindSystemTimeZoneById).Concat(TimeZoneInfo.GetSystemTimeZones())
                .FirstOrDefault(zone => zone.HasIanaId && Resembles(zone, custom));
            if (like is not null)
            {
                return like.Id;
            }
        }

        if (custom.Offset == TimeSpan.Zero)
        {
            return "Etc/UTC";
        }

        // The Etc names count west of Greenwich: Etc/GMT-1 is one hour ahead of UTC.
        var isWholeHours = custom.Offset.Ticks % TimeSpan.TicksPerHour == 0;
        return isWholeHours
            ? Resolve(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Etc/GMT{(custom.Offset > TimeSpan.Zero ? "-" : "+")}{Math.Abs(custom.Offset.Hours)}"))
            : TimeZoneInfo.GetSystemTimeZones().FirstOrDefault(zone => zone.HasIanaId && Resembles(zone, custom with { DaylightSaving = TimeSpan.Zero }))?.Id;
    }

    private static bool Resembles(TimeZoneInfo zone, CustomZone custom) =>
        zone.BaseUtcOffset == custom.Offset
        && Enumerable.Range(1, 12).All(month => OffsetAtEnd(zone, month) == custom.Offset + (IsSummer(custom, month) ? custom.DaylightSaving : TimeSpan.Zero));

    /// <summary>Clocks change at the start of a month or near its end; on its last day they have.</summary>
    private static TimeSpan OffsetAtEnd(TimeZoneInfo zone, int month) =>
        zone.GetUtcOffset(new DateTimeOffset(2026, month, DateTime.DaysInMonth(2026, month), 12, 0, 0, TimeSpan.Zero));

    private static bool IsSummer(CustomZone custom, int month) => custom.DaylightMonth < custom.StandardMonth
        ? month >= custom.DaylightMonth && month < custom.StandardMonth
        : month >= custom.DaylightMonth || month < custom.StandardMonth;
}
