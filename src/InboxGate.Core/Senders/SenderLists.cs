namespace InboxGate.Core.Senders;

/// <summary>One immutable list of senders: the rep's own, the team's or the tenant's.</summary>
public sealed class SenderList
{
    public static readonly SenderList Empty = new([]);

    /// <param name="entries">A key named twice keeps the last kind.</param>
    /// <exception cref="ArgumentException">A kind that cannot be listed: unknown or automated.</exception>
    public SenderList(IEnumerable<(ListEntry Entry, SenderKind Kind)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var (entry, kind) in entries)
        {
            if (!CanList(kind))
            {
                throw new ArgumentException($"{kind} cannot be listed.", nameof(entries));
            }

            var listed = new Listed(entry.Key, kind);
            // No mail comes from a phone number.
            if (entry.Kind != ListEntryKind.Phone)
            {
                lengths |= LengthBit(entry.Key);
                (entry.IsAddress ? addresses : domains)[entry.Key] = listed;
            }
        }

        foreach (var listed in addresses.Values)
        {
            var tagless = MailAddress.TryParse(listed.Key, out var address) ? address.WithoutTag : listed.Key;

            // Of several tags of one address the first in ordinal order stands for all, whatever the order they came in.
            if (tagless.Length < listed.Key.Length
                && (!tagged.TryGetValue(tagless, out var other) || string.CompareOrdinal(listed.Key, other.Key) < 0))
            {
                tagged[tagless] = listed;
                lengths |= LengthBit(tagless);
            }
        }
    }

    private readonly Dictionary<string, Listed> addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Listed> domains = new(StringComparer.Ordinal);

    /// <summary>Entries that carry a plus-tag, by their address without it.</summary>
    private readonly Dictionary<string, Listed> tagged = new(StringComparer.Ordinal);

    /// <summary>One bit for each length of key there is, so that most strangers are known without hashing them.</summary>
    private readonly ulong lengths;

    internal readonly record struct Listed(string Key, SenderKind Kind);

    public static bool CanList(SenderKind kind) => kind is not (SenderKind.Unknown or SenderKind.Automated);

    /// <param name="exact">The normalised address.</param>
    /// <param name="tagless">The same without its plus-tag.</param>
    internal bool TryFindAddress(ReadOnlySpan<char> exact, ReadOnlySpan<char> tagless, out Listed listed)
    {
        return TryFind(addresses, exact, out listed)
            || (tagless.Length < exact.Length && TryFind(addresses, tagless, out listed))
            || TryFind(tagged, tagless, out listed);
    }

    internal bool HasDomains => domains.Count > 0;

    internal bool TryFindDomain(ReadOnlySpan<char> domain, out Listed listed) => TryFind(domains, domain, out listed);

    private bool TryFind(Dictionary<string, Listed> among, ReadOnlySpan<char> key, out Listed listed)
    {
        listed = default;
        return (lengths & LengthBit(key)) != 0 && among.Count > 0
            && among.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out listed);
    }

    private static ulong LengthBit(ReadOnlySpan<char> key) => 1UL << (key.Length & 63);
}

/// <summary>What a verdict is taken with besides the mail: the rep's own addresses, the lists and the tenant's domains.</summary>
public sealed class SenderContext
{
    private readonly OwnAddress[] own;
    private readonly OwnAddress? manager;
    private readonly string[] tenantDomains;

    /// <param name="ownAddresses">Every address of the rep; malformed ones are passed over.</param>
    /// <param name="managerAddress">As the directory names them; null when it names nobody.</param>
    /// <param name="tenantDomains">The tenant's verified domains; each covers all beneath it.</param>
    public SenderContext(
        IReadOnlyCollection<string> ownAddresses,
        string? managerAddress,
        bool managerIsVip,
        bool inferFromMyOutreach,
        SenderList rep,
        SenderList team,
        SenderList tenant,
        IReadOnlyCollection<string> tenantDomains)
    {
        ArgumentNullException.ThrowIfNull(ownAddresses);
        ArgumentNullException.ThrowIfNull(tenantDomains);
        own = [.. ownAddresses.Select(OwnAddress.Of).OfType<OwnAddress>()];
        manager = managerIsVip ? OwnAddress.Of(managerAddress) : null;
        InferFromMyOutreach = inferFromMyOutreach;
        Rep = rep;
        Team = team;
        Tenant = tenant;
        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        var domains = new SortedSet<string>(Comparer<string>.Create((a, b) =>
            a.Length != b.Length ? b.Length.CompareTo(a.Length) : string.CompareOrdinal(a, b)));
        foreach (var domain in tenantDomains)
        {
            if (MailAddress.NormaliseDomain(domain.AsSpan().Trim(), buffer) is > 0 and var length)
            {
                domains.Add(buffer[..length].ToString());
            }
        }

        this.tenantDomains = [.. domains];
    }

    internal bool InferFromMyOutreach { get; }

    internal SenderList Rep { get; }

    internal SenderList Team { get; }

    internal SenderList Tenant { get; }

    /// <summary>The rep's own address that this is, exactly first, then without plus-tags; null when it is none.</summary>
    internal string? Own(ReadOnlySpan<char> exact, ReadOnlySpan<char> tagless)
    {
        foreach (var address in own)
        {
            if (exact.SequenceEqual(address.Exact))
            {
                return address.Exact;
            }
        }

        foreach (var address in own)
        {
            if (tagless.SequenceEqual(address.Tagless))
            {
                return address.Exact;
            }
        }

        return null;
    }

    internal string? Manager(ReadOnlySpan<char> exact, ReadOnlySpan<char> tagless) =>
        manager is not null && (exact.SequenceEqual(manager.Exact) || tagless.SequenceEqual(manager.Tagless)) ? manager.Exact : null;

    /// <summary>The most specific verified domain of the tenant that covers this one; null when none does.</summary>
    internal string? TenantDomain(ReadOnlySpan<char> domain)
    {
        foreach (var verified in tenantDomains)
        {
            if (domain.EndsWith(verified)
                && (domain.Length == verified.Length || domain[domain.Length - verified.Length - 1] == '.'))
            {
                return verified;
            }
        }

        return null;
    }

    private sealed record OwnAddress(string Exact, string Tagless)
    {
        public static OwnAddress? Of(string? text) =>
            MailAddress.TryParse(text, out var address) ? new OwnAddress(address.Text, address.WithoutTag) : null;
    }
}
