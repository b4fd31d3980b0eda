using InboxGate.Core.Senders;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mail;

/// <summary>
/// Judges the mail on a rep's screen. Mostly the server knows it and there is nothing to add: then nobody's turn to write is
/// waited for.
/// </summary>
public sealed class Judging(RepWriter writer, MailIntake intake, KnownVerdicts known, IDbContextFactory<Store> stores, TimeProvider clock)
{
    /// <returns>How the mail was judged before; null when that is not known, or no longer holds.</returns>
    /// <param name="look">Of this very request.</param>
    public Judgement? Find(RepKey rep, MessageStatement message, RepLook look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look.IsBeingErased ? null : known.Find(rep, message, look.Verdicts);
    }

    /// <param name="look">Of this very request; null when it enrolled the rep.</param>
    /// <exception cref="Problems.RefusalException">Everything about the rep is being erased, or just was.</exception>
    public async Task<Judgement> JudgeAsync(RepKey rep, MessageStatement message, RepLook? look, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        var mail = MailOf(message, clock.GetUtcNow());
        var judgement = await LookAsync(rep, mail, ct);
        if (judgement.Changed)
        {
            return await WriteAsync(rep, mail, ct);
        }

        if (judgement.Lasts && look is not null)
        {
            known.Keep(rep, message, look.Verdicts, judgement);
        }

        return judgement;
    }

    /// <summary>What would come of it. Nothing is saved.</summary>
    private async Task<Judgement> LookAsync(RepKey key, ReceivedMail mail, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var snapshot = await Snapshot.BeginAsync(store, ct);
        return (await JudgeAsync(store, await store.Reps.EnrolledAsync(key, ct), mail, ct)).Judgement;
    }

    private async Task<Judgement> WriteAsync(RepKey key, ReceivedMail mail, CancellationToken ct)
    {
        Judgement? judgement = null;
        await writer.WriteAsync(key, async (store, rep, token) =>
        {
            (judgement, var context) = await JudgeAsync(store, rep, mail, token);
            await intake.SaveUseAsync(store, context, token);
            return judgement.Changed;
        }, ct);
        return judgement ?? throw EnrolledReps.BeingErased();
    }

    private async Task<(Judgement Judgement, JudgingContext Context)> JudgeAsync(Store store, RepRow rep, ReceivedMail mail, CancellationToken ct)
    {
        var context = await MailIntake.ContextAsync(store, rep, [SenderClassifier.SenderAddress(mail.Facts)], ct);
        return (intake.Judge(await Correspondence.LoadAsync(store, rep, [mail], [], [], [], ct), rep, mail, context), context);
    }

    private static ReceivedMail MailOf(MessageStatement message, DateTimeOffset now) => new(
        message.InternetMessageId.Trim(),
        null,
        message.ConversationId,
        message.Subject,
        new MessageFacts(message.From, message.Sender, message.ReplyTo, message.Headers),
        message.ReceivedAt is { } at && at < now ? at.ToUniversalTime() : now,
        message.IsMeeting);
}
