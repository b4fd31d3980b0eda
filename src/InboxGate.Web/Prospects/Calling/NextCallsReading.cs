using System.Globalization;
using InboxGate.Core.Gates;
using InboxGate.Core.Prospects;
using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Prospects.Calling;

/// <summary>The rep's next calls, from the own list, the team's and the tenant's. Its cost does not grow with their length.</summary>
public sealed class NextCallsReading(IDbContextFactory<Store> stores, TimeProvider clock)
{
    public async Task<NextCalls> ReadAsync(RepKey key, int take, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        var rep = await store.Reps.AsNoTracking().EnrolledAsync(key, ct);
        var calendar = await Working.CalendarAsync(store, rep, ct);
        var candidates = new CallCandidates(store, rep, calendar, now);
        var calls = CallOrder.Choose(await candidates.ReadAsync(take, ct), calendar, now, take);
        var dialWith = (await PolicyReading.ReadAsync(store, rep, ct)).DialWith;
        return new NextCalls([.. calls.Select(x => Answer(x, dialWith))], calls.Count > 0 ? null : await candidates.WhyNoneAsync(ct));
    }

    private static CallToMake Answer(NextCall call, DialWith dialWith)
    {
        var who = call.Who;
        return new CallToMake(
            who.Entry,
            who.Name,
            who.Company,
            who.Phone!,
            Phones.Written(who.Phone!),
            dialWith == DialWith.Teams ? $"https://teams.microsoft.com/l/call/0/0?users=4:{who.Phone}" : $"tel:{who.Phone}",
            call.LocalTime.ToString("HH:mm", CultureInfo.InvariantCulture),
            call.Zone.Id,
            who.LastContact,
            call.Reason,
            call.Days,
            NextCallWords.Because(call));
    }
}

/// <param name="WhyNone">Null while there is somebody to call.</param>
public sealed record NextCalls(IReadOnlyList<CallToMake> Calls, NoCallsReason? WhyNone);

public enum NoCallsReason
{
    NoProspects,

    /// <summary>None with a number that may be called.</summary>
    NoNumbers,
    OutsideHours,

    /// <summary>Or put off by the rep.</summary>
    AllCalledToday,
}

/// <param name="Entry">The list entry's key, for the call's <c>prospect</c>.</param>
/// <param name="Phone">E.164.</param>
/// <param name="PhoneText">The same as people write it.</param>
/// <param name="Dial">A link that dials.</param>
/// <param name="LocalTime">There, as "09:05".</param>
/// <param name="TimeZone">IANA.</param>
/// <param name="Days">See <see cref="NextCall"/>.</param>
/// <param name="Because">English; the fallback for panes without words of their own.</param>
public sealed record CallToMake(
    string Entry,
    string? Name,
    string? Company,
    string Phone,
    string PhoneText,
    string Dial,
    string LocalTime,
    string TimeZone,
    Contact? LastContact,
    CallReason Reason,
    int Days,
    string Because);
