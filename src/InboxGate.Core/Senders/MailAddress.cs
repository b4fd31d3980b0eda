using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace InboxGate.Core.Senders;

/// <summary>
/// A mail address in the form in which addresses are compared: trimmed, in lower case, its domain in ASCII (IDNA)
/// form without a trailing dot. Look-alike letters of another script stay other letters.
/// </summary>
public readonly record struct MailAddress
{
    /// <summary>RFC 5321 allows 254; anything longer is no address.</summary>
    internal const int MaxLength = 320;

    private static readonly IdnMapping Idna = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    private MailAddress(string text) => Text = text;

    /// <summary>The whole normalised address.</summary>
    public string Text { get; }

    public string LocalPart => Text[..Text.LastIndexOf('@')];

    public string Domain => Text[(Text.LastIndexOf('@') + 1)..];

    /// <summary>The address without its plus-tag; itself when it has none.</summary>
    public string WithoutTag
    {
        get
        {
            var at = Text.LastIndexOf('@');
            var kept = TaglessLength(Text.AsSpan(0, at));
            return kept == at ? Text : string.Concat(Text.AsSpan(0, kept), Text.AsSpan(at));
        }
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out MailAddress address)
    {
        address = default;
        var trimmed = text.AsSpan().Trim();
        var at = trimmed.LastIndexOf('@');
        if (at < 1 || trimmed.Length > MaxLength || !IsLocalPart(trimmed[..at]))
        {
            return false;
        }

        Span<char> buffer = stackalloc char[NormalisedLength];
        var length = Normalise(trimmed, buffer, out var domainStart);
        if (length == 0 || !IsDomain(buffer[domainStart..length]))
        {
            return false;
        }

        address = new MailAddress(buffer[..length].ToString());
        return true;
    }

    /// <summary>Whether two addresses are the same, exactly or without the plus-tags of both.</summary>
    public static bool Same(string? one, string? other) =>
        TryParse(one, out var a) && TryParse(other, out var b)
        && (a.Text == b.Text || a.WithoutTag == b.WithoutTag);

    public override string ToString() => Text;

    /// <summary>Room for any normalised address: a domain can grow in its ASCII form.</summary>
    internal const int NormalisedLength = MaxLength * 2;

    /// <summary>
    /// Writes the comparable form of an already trimmed address without allocating.
    /// Text without an @ is taken whole as a local part, so that a bare <c>MAILER-DAEMON</c> still compares.
    /// </summary>
    /// <returns>The length written; 0 when it cannot be compared as an address.</returns>
    internal static int Normalise(ReadOnlySpan<char> trimmed, Span<char> buffer, out int domainStart)
    {
        domainStart = 0;
        if (trimmed.IsEmpty || trimmed.Length > MaxLength)
        {
            return 0;
        }

        if (Ascii.ToLower(trimmed, buffer, out var written) == System.Buffers.OperationStatus.Done)
        {
            domainStart = buffer[..written].LastIndexOf('@') + 1;
            return domainStart > 0 && buffer[written - 1] == '.' ? written - 1 : written;
        }

        var at = trimmed.LastIndexOf('@');
        var local = at < 0 ? trimmed : trimmed[..at];
        local.ToLowerInvariant(buffer);
        if (at < 0)
        {
            return local.Length;
        }

        buffer[at] = '@';
        var domainLength = NormaliseDomain(trimmed[(at + 1)..], buffer[(at + 1)..]);
        domainStart = domainLength == 0 ? 0 : at + 1;
        return domainStart + domainLength;
    }

    /// <summary>The ASCII form of a trimmed domain in lower case without its trailing dot; 0 when it has none.</summary>
    internal static int NormaliseDomain(ReadOnlySpan<char> domain, Span<char> buffer)
    {
        // IDNA takes these for dots as well (UTS 46).
        if (!domain.IsEmpty && domain[^1] is '.' or '\u3002' or '\uff0e' or '\uff61')
        {
            domain = domain[..^1];
        }

        if (domain.IsEmpty || domain.Length > MaxLength)
        {
            return 0;
        }

        if (Ascii.ToLower(domain, buffer, out var written) == System.Buffers.OperationStatus.Done)
        {
            return written;
        }

        if (Punycode.TryEncode(domain, buffer) is > 0 and var length)
        {
            return length;
        }

        try
        {
            var ascii = Idna.GetAscii(domain.ToString());
            return ascii.AsSpan().ToLowerInvariant(buffer);
        }
        catch (ArgumentException)
        {
            // Not a name that IDNA knows, such as a label with a forbidden letter.
            return 0;
        }
    }

    /// <summary>The length of a local part up to its plus-tag.</summary>
    internal static int TaglessLength(ReadOnlySpan<char> local)
    {
        var plus = local.IndexOf('+');
        return plus > 0 ? plus : local.Length;
    }

    /// <summary>Two or more labels of letters, digits and inner hyphens, the last not a number; ASCII, lower case.</summary>
    internal static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.Length is 0 or > 253)
        {
            return false;
        }

        var label = 0;
        var digitsOnly = true;
        for (var i = 0; i <= domain.Length; i++)
        {
            if (i == domain.Length || domain[i] == '.')
            {
                if (label is 0 or > 63 || domain[i - 1] == '-' || domain[i - label] == '-')
                {
                    return false;
                }

                if (i == domain.Length)
                {
                    return !digitsOnly;
                }

                label = 0;
                digitsOnly = true;
                continue;
            }

            if (!char.IsAsciiLetterLower(domain[i]) && !char.IsAsciiDigit(domain[i]) && domain[i] is not ('-' or '_'))
            {
                return false;
            }

            digitsOnly &= char.IsAsciiDigit(domain[i]);
            label++;
        }

        return true;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        foreach (var letter in local)
        {
            if (char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';' or '@')
            {
                return false;
            }
        }

        return true;
    }
}
