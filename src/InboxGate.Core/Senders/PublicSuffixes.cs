using System.Reflection;
using System.Text;

namespace InboxGate.Core.Senders;

/// <summary>
/// The Public Suffix List, both sections, by the algorithm of publicsuffix.org: the longest rule wins, an exception
/// beats a wildcard, and a top-level domain that no rule names is itself a suffix.
/// </summary>
public static class PublicSuffixes
{
    /// <summary>The day of the list that is shipped.</summary>
    public static readonly DateOnly ListDate = new(2026, 8, 19);

    private static readonly Lazy<Dictionary<string, Rule>> Rules = new(Read);

    [Flags]
    private enum Rule : byte
    {
        Plain = 1,
        Wildcard = 2,
        Exception = 4,
    }

    /// <summary>Whether nobody can register this domain itself. Any spelling.</summary>
    public static bool IsPublicSuffix(string? domain)
    {
        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        var length = MailAddress.NormaliseDomain(domain.AsSpan().Trim(), buffer);
        return length > 0 && SuffixLength(buffer[..length]) == length;
    }

    /// <summary>The registrable domain of a host in any spelling, in ASCII form; null when there is none.</summary>
    public static string? RegistrableDomain(string? domain)
    {
        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        var length = MailAddress.NormaliseDomain(domain.AsSpan().Trim(), buffer);
        var registrable = RegistrableDomain(buffer[..length]);
        return registrable.IsEmpty ? null : registrable.ToString();
    }

    /// <param name="domain">In ASCII form and lower case, without a trailing dot.</param>
    /// <returns>The end of <paramref name="domain"/> that can be registered; empty for a public suffix.</returns>
    public static ReadOnlySpan<char> RegistrableDomain(ReadOnlySpan<char> domain)
    {
        var suffix = SuffixLength(domain);
        if (suffix >= domain.Length)
        {
            return default;
        }

        var rest = domain[..(domain.Length - suffix - 1)];
        return domain[(rest.LastIndexOf('.') + 1)..];
    }

    private static int SuffixLength(ReadOnlySpan<char> domain)
    {
        var rules = Rules.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var tail = domain; !tail.IsEmpty;)
        {
            var dot = tail.IndexOf('.');
            var parent = dot < 0 ? default : tail[(dot + 1)..];
            if (rules.TryGetValue(tail, out var rule))
            {
                if (rule.HasFlag(Rule.Exception))
                {
                    return parent.Length;
                }

                if (rule.HasFlag(Rule.Plain))
                {
                    return tail.Length;
                }
            }

            if (dot < 0 || (rules.TryGetValue(parent, out var above) && above.HasFlag(Rule.Wildcard)))
            {
                return tail.Length;
            }

            tail = parent;
        }

        return 0;
    }

    private static Dictionary<string, Rule> Read()
    {
        var rules = new Dictionary<string, Rule>(12_000, StringComparer.Ordinal);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("public_suffix_list.dat")
            ?? throw new InvalidOperationException("The Public Suffix List is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        while (reader.ReadLine() is { } line)
        {
            // A rule ends at the first white space.
            var text = line.AsSpan().Trim();
            var space = text.IndexOfAny(' ', '\t');
            text = space < 0 ? text : text[..space];
            if (text.IsEmpty || text.StartsWith("//"))
            {
                continue;
            }

            var rule = Rule.Plain;
            if (text[0] == '!')
            {
                rule = Rule.Exception;
                text = text[1..];
            }
            else if (text.StartsWith("*."))
            {
                rule = Rule.Wildcard;
                text = text[2..];
            }

            var length = MailAddress.NormaliseDomain(text, buffer);
            var key = buffer[..length].ToString();
            rules[key] = rules.GetValueOrDefault(key) | rule;
        }

        return rules;
    }
}
