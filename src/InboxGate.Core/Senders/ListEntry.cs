using System.Diagnostics.CodeAnalysis;

namespace InboxGate.Core.Senders;

/// <summary>Why a text cannot be an entry of a list.</summary>
public enum ListEntryRefusal
{
    None,
    Malformed,

    /// <summary>Nobody owns it: <c>co.uk</c>, <c>github.io</c>.</summary>
    PublicSuffix,

    /// <summary>Anybody can have an address there: <c>gmail.com</c>. Addresses at it can be listed.</summary>
    FreeMailDomain,
}

/// <summary>An address, or a company's domain that covers itself and everything beneath it.</summary>
public sealed record ListEntry
{
    private ListEntry(string key, bool isAddress)
    {
        Key = key;
        IsAddress = isAddress;
    }

    /// <summary>The normalised text: an address in lower case, or a domain in ASCII form.</summary>
    public string Key { get; }

    public bool IsAddress { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ListEntry? entry, out ListEntryRefusal refusal)
    {
        entry = null;
        refusal = ListEntryRefusal.None;
        if (text?.Contains('@', StringComparison.Ordinal) is true)
        {
            if (MailAddress.TryParse(text, out var address))
            {
                entry = new ListEntry(address.Text, isAddress: true);
                return true;
            }

            refusal = ListEntryRefusal.Malformed;
            return false;
        }

        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        var domain = buffer[..MailAddress.NormaliseDomain(text.AsSpan().Trim(), buffer)];
        refusal = !MailAddress.IsDomain(domain) ? ListEntryRefusal.Malformed
            : PublicSuffixes.RegistrableDomain(domain).IsEmpty ? ListEntryRefusal.PublicSuffix
            : FreeMailDomains.Contains(domain) ? ListEntryRefusal.FreeMailDomain
            : ListEntryRefusal.None;
        if (refusal != ListEntryRefusal.None)
        {
            return false;
        }

        entry = new ListEntry(domain.ToString(), isAddress: false);
        return true;
    }

    public override string ToString() => Key;
}
