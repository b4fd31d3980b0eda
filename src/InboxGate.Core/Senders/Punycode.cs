namespace InboxGate.Core.Senders;

/// <summary>
/// The ASCII form (RFC 3492) of a domain in plain letters, written without allocating, which the framework's
/// <see cref="System.Globalization.IdnMapping"/> cannot. It handles only letters that IDNA maps to themselves or to
/// their small letter, and leaves every other name to the framework; on its own ground both give the same.
/// </summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int LetterMin = 1;
    private const int LetterMax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int LongestLabel = 63;

    /// <param name="domain">Trimmed, without a trailing dot.</param>
    /// <returns>The length written; 0 when the name is not of the plain sort.</returns>
    public static int TryEncode(ReadOnlySpan<char> domain, Span<char> ascii)
    {
        Span<char> small = stackalloc char[LongestLabel];
        var written = 0;
        while (true)
        {
            var dot = domain.IndexOf('.');
            var label = dot < 0 ? domain : domain[..dot];
            if (label.Length is 0 or > LongestLabel || !TryLower(label, small))
            {
                return 0;
            }

            var length = EncodeLabel(small[..label.Length], ascii[written..]);
            if (length is 0 or > LongestLabel)
            {
                return 0;
            }

            written += length;
            if (dot < 0)
            {
                return written;
            }

            ascii[written++] = '.';
            domain = domain[(dot + 1)..];
        }
    }

    private static bool TryLower(ReadOnlySpan<char> label, Span<char> small)
    {
        for (var i = 0; i < label.Length; i++)
        {
            var letter = char.ToLowerInvariant(label[i]);
            if (!IsPlain(letter))
            {
                return false;
            }

            small[i] = letter;
        }

        return true;
    }

    /// <summary>ASCII; Latin-1, Greek and Cyrillic small letters; the common ideographs and Hangul syllables.</summary>
    private static bool IsPlain(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'
        || letter is (>= '\u00df' and <= '\u00f6') or (>= '\u00f8' and <= '\u00ff')
            or (>= '\u03ac' and <= '\u03c1') or (>= '\u03c3' and <= '\u03ce')
            or (>= '\u0430' and <= '\u045f')
            or (>= '\u4e00' and <= '\u9fa5')
            or (>= '\uac00' and <= '\ud7a3');

    private static int EncodeLabel(ReadOnlySpan<char> label, Span<char> ascii)
    {
        if (System.Text.Ascii.IsValid(label))
        {
            label.CopyTo(ascii);
            return label.Length;
        }

        // A hyphen at an edge or in third and fourth place makes a name the framework must judge.
        if (label[0] == '-' || label[^1] == '-' || (label.Length > 3 && label[2] == '-' && label[3] == '-'))
        {
            return 0;
        }

        "xn--".CopyTo(ascii);
        var written = 4;
        foreach (var letter in label)
        {
            if (char.IsAscii(letter))
            {
                ascii[written++] = letter;
            }
        }

        var basic = written - 4;
        if (basic > 0)
        {
            ascii[written++] = '-';
        }

        int n = 128, delta = 0, bias = 72;
        for (var handled = basic; handled < label.Length;)
        {
            int next = char.MaxValue;
            foreach (var letter in label)
            {
                if (letter >= n && letter < next)
                {
                    next = letter;
                }
            }

            delta += (next - n) * (handled + 1);
            n = next;
            foreach (var letter in label)
            {
                if (letter < n)
                {
                    delta++;
                }

                if (letter == n)
                {
                    written = WriteNumber(delta, bias, ascii, written);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            n++;
        }

        return written;
    }

    private static int WriteNumber(int number, int bias, Span<char> ascii, int written)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Math.Clamp(k - bias, LetterMin, LetterMax);
            if (number < threshold)
            {
                ascii[written++] = Digit(number);
                return written;
            }

            ascii[written++] = Digit(threshold + (number - threshold) % (Base - threshold));
            number = (number - threshold) / (Base - threshold);
        }
    }

    private static int Adapt(int delta, int points, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / points;
        var k = 0;
        for (; delta > (Base - LetterMin) * LetterMax / 2; k += Base)
        {
            delta /= Base - LetterMin;
        }

        return k + (Base - LetterMin + 1) * delta / (delta + Skew);
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);
}
