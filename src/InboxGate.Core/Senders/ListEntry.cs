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

public enum ListEntryKind
{
    Address,
    Domain,
    Phone,
}

/// <summary>An address, a company's domain that covers itself and everything beneath it, or a phone number.</summary>
public sealed record ListEntry
{
    private const int FewestDigits = 5;

    /// <summary>ITU-T E.164.</summary>
    private const int MostDigits = 15;

    private ListEntry(string key, ListEntryKind kind)
    {
        Key = key;
        Kind = kind;
    }

    /// <summary>The normalised text: an address in lower case, a domain in ASCII form, or a number like <c>+493012345</c>.</summary>
    public string Key { get; }

    public ListEntryKind Kind { get; }

    public bool IsAddress => Kind == ListEntryKind.Address;

    /// <param name="e164">A number as ITU-T E.164 writes it: a plus sign and 5 to 15 digits, the first not 0.</param>
    public static bool TryParsePhone(string? e164, [NotNullWhen(true)] out ListEntry? entry)
    {
        entry = e164 is ['+', >= '1' and <= '9', .. var rest] && rest.Length is >= FewestDigits - 1 and < MostDigits && rest.All(char.IsAsciiDigit)
            ? new ListEntry(e164, ListEntryKind.Phone)
            : null;
        return entry is not null;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ListEntry? entry, out ListEntryRefusal refusal)
    {
        entry = null;
        refusal = ListEntryRefusal.None;
        if (text?.Contains('@', StringComparison.Ordinal) is true)
        {
            if (MailAddress.TryParse(text, out var address))
            {
                entry = new ListEntry(address.Text, ListEntryKind.Address);
                return true;
            }

            refusal = ListEntryRefusal.Malformed;
            return false;
        }

        if (TryParsePhone(text, out entry))
        {
            return true;
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

        entry = new ListEntry(domain.ToString(), ListEntryKind.Domain);
        return true;
    }

    public override string ToString() => Key;
}
