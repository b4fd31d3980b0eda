using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;

namespace InboxGate.Web.Prospects.Import;

/// <summary>What is to be done with a file.</summary>
/// <param name="Id">The client's: the same again changes nothing.</param>
/// <param name="Mapping">What a column says, by its header or its number from 0; what is not named is known by its header.</param>
/// <param name="Kind">What somebody is of whom the file does not say it.</param>
/// <param name="Region">Where numbers without a country's code are (ISO 3166); null when that is not known.</param>
/// <param name="RemoveMissing">Takes from the list what an earlier file brought and this one lacks.</param>
/// <param name="FileWins">Where the file and somebody's word disagree about who a sender is, the file is believed.</param>
public sealed record ImportOrder(
    Guid Id, IReadOnlyDictionary<string, ImportField> Mapping, SenderKind Kind, string? Region, bool RemoveMissing, bool FileWins);
