using System.Security.Cryptography;
using System.Text;
using InboxGate.Core.Senders;
using InboxGate.Web.People;

namespace InboxGate.Web.Mail;

/// <summary>Whom the rep wrote to first: remembered without being readable, as a hash under the rep's own key.</summary>
public static class Outreach
{
    /// <summary>Whether the rep wrote to the mail's sender in this conversation before anything came in.</summary>
    public static bool IsAnsweredBy(Correspondence known, RepRow rep, string? conversation, MessageFacts facts, DateTimeOffset receivedAt)
    {
        ArgumentNullException.ThrowIfNull(known);
        return conversation is not null
            && AddressHash(rep, SenderClassifier.SenderAddress(facts)) is { } hash
            && known.Outreach(conversation, hash) is { } outreach
            && outreach.SentAt <= receivedAt
            && !known.MessagesIn(conversation).Any(x => x.ReceivedAt < outreach.SentAt);
    }

    /// <summary>Whether the rep wrote to the mail's sender in this conversation, before or after anything came in.</summary>
    public static bool HasWrittenTo(Correspondence known, RepRow rep, string? conversation, MessageFacts facts)
    {
        ArgumentNullException.ThrowIfNull(known);
        return conversation is not null
            && AddressHash(rep, SenderClassifier.SenderAddress(facts)) is { } hash
            && known.Outreach(conversation, hash) is not null;
    }

    /// <returns>Whether the conversation's verdicts may now be others.</returns>
    public static bool Learn(Correspondence known, RepRow rep, string conversation, SentMail mail)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(mail);
        var hasLearnt = false;
        foreach (var hash in mail.Recipients.Select(x => AddressHash(rep, x)).OfType<string>().Distinct())
        {
            if (known.Outreach(conversation, hash) is not { } row)
            {
                known.Add(new OutreachRow
                {
                    TenantId = rep.TenantId,
                    RepId = rep.RepId,
                    ConversationId = conversation,
                    AddressHash = hash,
                    SentAt = mail.SentAt,
                });
                hasLearnt = true;
            }
            else if (mail.SentAt < row.SentAt)
            {
                row.SentAt = mail.SentAt;
                hasLearnt = true;
            }
        }

        return hasLearnt;
    }

    private static string? AddressHash(RepRow rep, string? address) =>
        MailAddress.TryParse(address, out var parsed)
            ? Convert.ToHexString(HMACSHA256.HashData(rep.RepId.ToByteArray(), Encoding.UTF8.GetBytes(parsed.WithoutTag))[..16])
            : null;
}
