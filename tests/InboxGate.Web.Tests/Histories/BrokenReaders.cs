using System.Collections.Concurrent;
using InboxGate.Core.Senders;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;

namespace InboxGate.Web.Tests.Histories;

/// <summary>A watch that is wrong on purpose, to show that the histories notice.</summary>
internal abstract class BrokenReader(MailboxReader reader) : IMailboxReader
{
    public virtual Task<MailPage> ChangesAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct) =>
        reader.ChangesAsync(rep, folder, link, from, ct);

    public Task<MailPage> ListAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct) =>
        reader.ListAsync(rep, folder, link, from, ct);

    public Task<int> CountAsync(RepKey rep, string folder, DateTimeOffset from, CancellationToken ct) => reader.CountAsync(rep, folder, from, ct);

    public Task<Fetched<IReadOnlyList<MessageHeader>>> HeadersAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct) =>
        reader.HeadersAsync(rep, graphIds, ct);

    public virtual Task<Fetched<ReceivedMail?>> InInboxAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct) =>
        reader.InInboxAsync(rep, graphIds, ct);

    public Task<Fetched<SentMail?>> SentAsync(RepKey rep, IReadOnlyCollection<string> graphIds, CancellationToken ct) =>
        reader.SentAsync(rep, graphIds, ct);

    public Task<RepProfile> ProfileAsync(RepKey rep, bool withDomains, CancellationToken ct) => reader.ProfileAsync(rep, withDomains, ct);
}

/// <summary>The delta link is saved before the mail it came with: what a crash then loses never comes again.</summary>
internal sealed class LinkSavedEarly : BrokenReader
{
    private readonly ConcurrentDictionary<(RepKey, string), MailPage> unsaved = new();

    public LinkSavedEarly(MailboxReader reader, CrashingCommits commits)
        : base(reader) => commits.Crashed += unsaved.Clear;

    public override async Task<MailPage> ChangesAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct)
    {
        if (unsaved.TryRemove((rep, folder), out var withheld) && withheld.Link == link)
        {
            return withheld;
        }

        var page = await base.ChangesAsync(rep, folder, link, from, ct);
        unsaved[(rep, folder)] = page;
        return page with { Received = [], Sent = [], Partial = [], Removed = [], IsLast = false };
    }
}

/// <summary>A mail that comes again is taken for another one.</summary>
/// <param name="shown">How often each was shown, over all servers.</param>
internal sealed class DedupeRemoved(MailboxReader reader, ConcurrentDictionary<(RepKey, string), int> shown) : BrokenReader(reader)
{
    public override async Task<MailPage> ChangesAsync(RepKey rep, string folder, string? link, DateTimeOffset from, CancellationToken ct)
    {
        var page = await base.ChangesAsync(rep, folder, link, from, ct);
        return page with
        {
            Received =
            [
                .. page.Received.Select(mail =>
                {
                    var times = shown.AddOrUpdate((rep, mail.InternetMessageId), 0, (_, n) => n + 1);
                    return times == 0 ? mail : mail with { InternetMessageId = $"{mail.InternetMessageId}.{times}" };
                }),
            ],
        };
    }
}
