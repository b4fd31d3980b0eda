using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Senders;

namespace InboxGate.Web.Prospects.List;

/// <summary>What is known of somebody on a list.</summary>
/// <param name="Entry">As it is kept: a lower-case address, an ASCII domain, or a number in E.164.</param>
/// <param name="Phone">E.164.</param>
/// <param name="TimeZones">IANA: the stated one, else those the number may be in.</param>
/// <param name="UsedOn">The last day (UTC) on which it decided who a sender is; null of shared lists, which do not tell.</param>
/// <param name="Scope">Whose list it is on.</param>
/// <param name="Others">Further addresses and numbers of the same person; null in pages.</param>
public sealed record ProspectEntry(
    string Entry,
    SenderKind Kind,
    string? Name,
    string? Company,
    string? Phone,
    IReadOnlyList<string> TimeZones,
    bool DoNotCall,
    ListSource Source,
    DateTimeOffset SetAt,
    DateOnly? UsedOn,
    Scope Scope,
    IReadOnlyList<string>? Others = null)
{
    public static ProspectEntry Of(ListEntryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new ProspectEntry(
            row.Entry, row.Kind, row.Name, row.Company, row.Phone, row.TimeZones?.Split(',') ?? [], row.DoNotCall, row.Source, row.SetAt, row.UsedOn, row.Scope);
    }
}
