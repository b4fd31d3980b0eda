namespace InboxGate.Core.Senders;

/// <summary>Decides who is writing. The first rule that applies decides; nothing is allocated on the way.</summary>
public static class SenderClassifier
{
    /// <returns>The kind, the rule that decided, and the entry, domain, header or address that made it apply.</returns>
    public static Verdict Classify(MessageFacts message, SenderContext context)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        var raw = EffectiveSender(message, out var viaList);
        var trimmed = raw.AsSpan().Trim();
        var isLegacy = IsLegacyAddress(trimmed);

        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        Span<char> untagged = stackalloc char[MailAddress.MaxLength * 2];
        var domainStart = 0;
        var length = isLegacy ? 0 : MailAddress.Normalise(trimmed, buffer, out domainStart);
        ReadOnlySpan<char> exact = buffer[..length];
        var local = domainStart > 0 ? exact[..(domainStart - 1)] : exact;
        var domain = domainStart > 0 ? exact[domainStart..] : default;

        if (domainStart > 1)
        {
            var tagless = exact;
            var kept = MailAddress.TaglessLength(local);
            if (kept < local.Length)
            {
                local[..kept].CopyTo(untagged);
                exact[(domainStart - 1)..].CopyTo(untagged[kept..]);
                tagless = untagged[..(kept + exact.Length - domainStart + 1)];
            }

            if (context.Own(exact, tagless) is { } own)
            {
                return new Verdict(SenderKind.Colleague, VerdictReason.Self, own);
            }

            if (context.Rep.TryFindAddress(exact, tagless, out var listed)
                || context.Team.TryFindAddress(exact, tagless, out listed)
                || context.Tenant.TryFindAddress(exact, tagless, out listed))
            {
                return new Verdict(listed.Kind, VerdictReason.ListedAddress, listed.Key);
            }

            if (context.Manager(exact, tagless) is { } manager)
            {
                return new Verdict(SenderKind.Vip, VerdictReason.Manager, manager);
            }
        }

        var tenantDomain = isLegacy ? raw : context.TenantDomain(domain);
        var machine = trimmed.IsEmpty ? "From"
            : MachineMarks.InLocalPart(local) ? raw
            : MachineMarks.InHeaders(message.Headers, outside: tenantDomain is null && !viaList);
        if (machine is not null)
        {
            return new Verdict(SenderKind.Automated, VerdictReason.Machine, machine);
        }

        if (!domain.IsEmpty && TryFindDomain(context, domain, out var company))
        {
            return new Verdict(company.Kind, VerdictReason.ListedDomain, company.Key);
        }

        if (tenantDomain is not null)
        {
            return new Verdict(SenderKind.Colleague, VerdictReason.TenantDomain, tenantDomain);
        }

        return message.RepWroteFirst && context.InferFromMyOutreach
            ? new Verdict(SenderKind.Prospect, VerdictReason.YouWroteFirst, raw)
            : new Verdict(SenderKind.Unknown, VerdictReason.UnknownSender, null);
    }

    /// <summary>Whether the headers are unknown and knowing them could change the verdict: then they are worth fetching.</summary>
    public static bool HeadersDecide(MessageFacts message, SenderContext context)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Headers is null
            && Classify(message, context).Reason is not
                (VerdictReason.Self or VerdictReason.ListedAddress or VerdictReason.Manager or VerdictReason.Machine);
    }

    /// <summary>Whether a header can change a verdict; others need not be kept.</summary>
    public static bool IsMark(MessageHeader header) => MachineMarks.InHeaders([header], outside: true) is not null;

    /// <summary>
    /// The address that the verdict is about, normalised: the one in From, or the one person behind a list that
    /// rewrote From. Null when the mail names nobody; an Exchange legacy address comes back as it is.
    /// </summary>
    public static string? SenderAddress(MessageFacts message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var trimmed = EffectiveSender(message, out _).AsSpan().Trim();
        if (trimmed.IsEmpty || IsLegacyAddress(trimmed))
        {
            return trimmed.IsEmpty ? null : trimmed.ToString();
        }

        Span<char> buffer = stackalloc char[MailAddress.NormalisedLength];
        var length = MailAddress.Normalise(trimmed, buffer, out _);
        return length == 0 ? trimmed.ToString() : buffer[..length].ToString();
    }

    /// <summary>An address of Exchange's own directory (<c>/O=…/CN=…</c>): somebody inside the organisation.</summary>
    private static bool IsLegacyAddress(ReadOnlySpan<char> trimmed) =>
        trimmed.StartsWith("/o=", StringComparison.OrdinalIgnoreCase)
        && trimmed.Contains("/cn=", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A list that rewrites From writes "Ann via List" and keeps Ann's address in Reply-To. That address is the sender
    /// when it is the only one there besides From's own.
    /// </summary>
    private static string? EffectiveSender(MessageFacts message, out bool viaList)
    {
        viaList = false;
        var from = message.From?.Address;
        if (message.ReplyTo is not { Count: > 0 } replyTo
            || message.From?.Name?.Contains(" via ", StringComparison.Ordinal) is not true)
        {
            return from;
        }

        string? other = null;
        for (var i = 0; i < replyTo.Count; i++)
        {
            var address = replyTo[i]?.Address;
            if (string.IsNullOrWhiteSpace(address) || Same(address, from) || (other is not null && Same(address, other)))
            {
                continue;
            }

            if (other is not null)
            {
                return from;
            }

            other = address;
        }

        viaList = other is not null;
        return other ?? from;
    }

    private static bool Same(string one, string? another)
    {
        Span<char> a = stackalloc char[MailAddress.NormalisedLength];
        Span<char> b = stackalloc char[MailAddress.NormalisedLength];
        var lengthOfA = MailAddress.Normalise(one.AsSpan().Trim(), a, out var domainOfA);
        var lengthOfB = MailAddress.Normalise(another.AsSpan().Trim(), b, out var domainOfB);
        if (lengthOfA == 0 || lengthOfB == 0)
        {
            return one.AsSpan().Trim().SequenceEqual(another.AsSpan().Trim());
        }

        if (a[..lengthOfA].SequenceEqual(b[..lengthOfB]))
        {
            return true;
        }

        return domainOfA > 1 && domainOfB > 1
            && a[domainOfA..lengthOfA].SequenceEqual(b[domainOfB..lengthOfB])
            && a[..MailAddress.TaglessLength(a[..(domainOfA - 1)])].SequenceEqual(b[..MailAddress.TaglessLength(b[..(domainOfB - 1)])]);
    }

    /// <summary>The most specific entry that covers the domain; on one level the rep's before the team's before the tenant's.</summary>
    private static bool TryFindDomain(SenderContext context, ReadOnlySpan<char> domain, out SenderList.Listed listed)
    {
        listed = default;
        if (!context.Rep.HasDomains && !context.Team.HasDomains && !context.Tenant.HasDomains)
        {
            return false;
        }

        // An entry has at least two labels, so the top-level domain alone need not be asked for.
        for (int dot; (dot = domain.IndexOf('.')) >= 0; domain = domain[(dot + 1)..])
        {
            if (context.Rep.TryFindDomain(domain, out listed)
                || context.Team.TryFindDomain(domain, out listed)
                || context.Tenant.TryFindDomain(domain, out listed))
            {
                return true;
            }
        }

        return false;
    }
}
