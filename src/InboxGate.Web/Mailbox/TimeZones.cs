namespace InboxGate.Web.Mailbox;

public static class TimeZones
{
    /// <summary>The IANA name for a zone as mailbox settings name it: Windows or IANA; null when it names none (custom zones, empty).</summary>
    public static string? Resolve(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return null;
        }

        return zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : null;
    }
}
