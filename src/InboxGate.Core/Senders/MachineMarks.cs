namespace InboxGate.Core.Senders;

/// <summary>The marks by which a machine is told from a person: its local part, and headers (RFC 3834, RFC 2919, RFC 2369).</summary>
internal static class MachineMarks
{
    /// <summary>
    /// Matches <c>(^|[-_.+])(no[-_.]?reply|do[-_.]?not[-_.]?reply)([-_.+0-9].*)?$</c> or
    /// <c>^(mailer[-_.]?daemon|postmaster|bounces?)([-_.+0-9].*)?$</c>; by hand, because this is asked of every mail.
    /// </summary>
    /// <param name="local">In lower case.</param>
    public static bool InLocalPart(ReadOnlySpan<char> local)
    {
        var tail = local;
        if ((Take(ref tail, "mailer") && TakeJoint(ref tail, "daemon") && Ends(tail))
            || (Take(ref tail, local, "postmaster") && Ends(tail))
            || (Take(ref tail, local, "bounces") && Ends(tail))
            || (Take(ref tail, local, "bounce") && Ends(tail)))
        {
            return true;
        }

        for (var rest = local; ;)
        {
            if ((Take(ref tail, rest, "no") && TakeJoint(ref tail, "reply") && Ends(tail))
                || (Take(ref tail, rest, "do") && TakeJoint(ref tail, "not") && TakeJoint(ref tail, "reply") && Ends(tail)))
            {
                return true;
            }

            var joint = rest.IndexOfAny("-_.+");
            if (joint < 0)
            {
                return false;
            }

            rest = rest[(joint + 1)..];
        }
    }

    /// <param name="outside">Whether the marks of lists count: only for a sender outside the tenant.</param>
    /// <returns>The header that tells; null when none does.</returns>
    public static string? InHeaders(IReadOnlyList<MessageHeader>? headers, bool outside)
    {
        for (var i = 0; i < (headers?.Count ?? 0); i++)
        {
            if (headers![i] is not { Name: { } name } header)
            {
                continue;
            }

            var mark = name.Length switch
            {
                7 when outside && Is(name, "List-Id") => "List-Id",
                10 when outside && Is(name, "Precedence") && IsBulk(Token(header.Value)) => "Precedence",
                11 when Is(name, "Return-Path") && header.Value.AsSpan().Trim() is "<>" => "Return-Path",
                12 when Is(name, "Content-Type") && Is(Token(header.Value), "multipart/report") => "Content-Type",
                14 when Is(name, "Auto-Submitted") && !Is(Token(header.Value), "no") => "Auto-Submitted",
                16 when outside && Is(name, "List-Unsubscribe") => "List-Unsubscribe",
                _ => null,
            };
            if (mark is not null)
            {
                return mark;
            }
        }

        return null;
    }

    private static bool IsBulk(ReadOnlySpan<char> value) => Is(value, "bulk") || Is(value, "junk") || Is(value, "list");

    private static bool Is(ReadOnlySpan<char> text, ReadOnlySpan<char> other) =>
        text.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A header's value up to its parameters or a comment.</summary>
    private static ReadOnlySpan<char> Token(string? value)
    {
        var text = value.AsSpan().Trim();
        var end = text.IndexOfAny(";( \t");
        return end < 0 ? text : text[..end];
    }

    private static bool Take(ref ReadOnlySpan<char> tail, ReadOnlySpan<char> from, ReadOnlySpan<char> word)
    {
        tail = from;
        return Take(ref tail, word);
    }

    private static bool Take(ref ReadOnlySpan<char> tail, ReadOnlySpan<char> word)
    {
        if (!tail.StartsWith(word))
        {
            return false;
        }

        tail = tail[word.Length..];
        return true;
    }

    private static bool TakeJoint(ref ReadOnlySpan<char> tail, ReadOnlySpan<char> word)
    {
        if (!tail.IsEmpty && tail[0] is '-' or '_' or '.')
        {
            tail = tail[1..];
        }

        return Take(ref tail, word);
    }

    private static bool Ends(ReadOnlySpan<char> tail) => tail.IsEmpty || tail[0] is '-' or '_' or '.' or '+' or (>= '0' and <= '9');
}
