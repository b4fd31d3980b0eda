using InboxGate.Web.People;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Mail;

/// <summary>Turns mail into facts inside a rep's transaction (see RepWriter). Every method may repeat harmlessly; it answers whether anything was added.</summary>
public sealed class MailIntake
{
    /// <summary>What the rep's lists, directory and policy say, for verdicts.</summary>
    public Task<JudgingContext> ContextAsync(Store store, RepRow rep, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> ReceiveAsync(Store store, RepRow rep, ReceivedMail mail, JudgingContext context, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> SendAsync(Store store, RepRow rep, SentMail mail, JudgingContext context, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The mail is no longer in the inbox.</summary>
    public Task<bool> LeaveInboxAsync(Store store, RepRow rep, string graphId, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Placeholder filled by the sender rules.</summary>
public sealed record JudgingContext(RepKey Rep);
