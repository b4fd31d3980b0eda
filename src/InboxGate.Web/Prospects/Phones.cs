using InboxGate.Core.Senders;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace InboxGate.Web.Prospects;

/// <summary>Phone numbers of every writing, by libphonenumber; the one file that knows it.</summary>
public static class Phones
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberToTimeZonesMapper Zones = PhoneNumberToTimeZonesMapper.GetInstance();

    /// <summary>Longer texts are no numbers, and would be slow to look at.</summary>
    private const int Longest = 60;

    /// <param name="e164">A plus sign and digits; empty when it is no number.</param>
    /// <param name="region">Where a number without its country's code is (ISO 3166, <c>DE</c>); null when that is not known.</param>
    public static bool TryParse(string? text, string? region, out string e164)
    {
        e164 = "";
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            return false;
        }

        try
        {
            var number = Numbers.Parse(text, region);
            // A number that only works within its town is nowhere else one.
            if (Numbers.IsPossibleNumberWithReason(number) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
            {
                return false;
            }

            e164 = Numbers.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>The number as lists keep it; null when it is none.</summary>
    /// <param name="region">As for <see cref="TryParse"/>.</param>
    public static ListEntry? EntryOf(string? text, string? region) =>
        TryParse(text, region, out var e164) && ListEntry.TryParsePhone(e164, out var entry) ? entry : null;

    /// <summary>Whether it is a country whose numbers are known (ISO 3166, upper case).</summary>
    public static bool IsRegion(string region) => Numbers.GetSupportedRegions().Contains(region);

    /// <summary>As people write it: <c>+49 30 123456</c>; as it is where no country has such numbers.</summary>
    public static string Written(string e164)
    {
        try
        {
            return Numbers.Format(Numbers.Parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }

    /// <summary>The IANA zones the number may be in, in ordinal order; empty when nothing is known.</summary>
    public static IReadOnlyList<string> ZonesOf(string e164) =>
        [.. Zones.GetTimeZonesForNumber(Numbers.Parse(e164, null)).Where(x => x != Zones.GetUnknownTimeZone()).Order(StringComparer.Ordinal)];

    /// <summary>The same as lists keep them, parted by commas; null when nothing is known, or there is no number.</summary>
    public static string? ZoneTextOf(string? e164) =>
        e164 is not null && ZonesOf(e164) is { Count: > 0 } zones ? string.Join(',', zones) : null;

    /// <summary>The country (ISO 3166) that a time zone, by whatever name, lies in; null when it lies in none.</summary>
    public static string? RegionOf(string? timeZone) =>
        TimeZones.Resolve(timeZone) is { } iana ? TzdbDateTimeZoneSource.Default.ZoneLocations?.FirstOrDefault(x => x.ZoneId == iana)?.CountryCode : null;

    /// <summary>Where the numbers are that somebody writes without a country's code: where they work, as far as it is known.</summary>
    public static async Task<string?> RegionOfAsync(Store store, RepKey rep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        return RegionOf(await store.Reps.Where(x => x.TenantId == tenantId && x.RepId == repId).Select(x => x.TimeZone).SingleOrDefaultAsync(ct));
    }
}
