using InboxGate.Core.Boards;
using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Senders;

/// <summary>The rep's own list: who is a prospect, a customer, or neither. A change re-decides that sender's unanswered gates at once.</summary>
[Route("api/senders/{addressOrDomain}")]
public sealed class SendersController(RepWriter writer, MailIntake intake, BoardReading boards, IDbContextFactory<Store> stores, TimeProvider clock) : RepController
{
    [HttpGet]
    [ProducesResponseType<SenderAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SenderAnswer>> Get(string addressOrDomain, CancellationToken ct)
    {
        var entry = Parse(addressOrDomain);
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.ListEntries.FindAsync([Rep.TenantId, Scope.Rep, Rep.RepId, entry.Key], ct) is { } row
            ? new SenderAnswer(row.Entry, row.Kind)
            : throw RefusalException.NotFound("not-listed", "That sender is not on your list.", "PUT a kind to list it.");
    }

    [HttpPut]
    [ProducesResponseType<SenderAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SenderAnswer>> Put(string addressOrDomain, SenderStatement statement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var entry = Parse(addressOrDomain);
        if (statement.Kind is SenderKind.Unknown or SenderKind.Automated)
        {
            throw RefusalException.Unprocessable("kind-not-listable", "That kind cannot be listed.", "List it as prospect, customer, colleague, vip or other; or DELETE it to forget it.");
        }

        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            var row = await store.ListEntries.FindAsync([rep.TenantId, Scope.Rep, rep.RepId, entry.Key], token);
            if (row?.Kind == statement.Kind)
            {
                return false;
            }

            if (row is null)
            {
                row = new ListEntryRow { TenantId = rep.TenantId, Scope = Scope.Rep, OwnerId = rep.RepId, Entry = entry.Key, Bare = BareOf(entry) };
                store.ListEntries.Add(row);
            }

            row.Kind = statement.Kind;
            row.SetAt = clock.GetUtcNow();
            await store.SaveChangesAsync(token);
            await intake.RedecideAsync(store, rep, token);
            return true;
        }, ct);
        return new SenderAnswer(entry.Key, statement.Kind, await boards.DrawAsync(Rep, ct));
    }

    [HttpDelete]
    [ProducesResponseType<SenderAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<SenderAnswer>> Delete(string addressOrDomain, CancellationToken ct)
    {
        var entry = Parse(addressOrDomain);
        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            if (await store.ListEntries.FindAsync([rep.TenantId, Scope.Rep, rep.RepId, entry.Key], token) is not { } row)
            {
                return false;
            }

            store.ListEntries.Remove(row);
            await store.SaveChangesAsync(token);
            await intake.RedecideAsync(store, rep, token);
            return true;
        }, ct);
        return new SenderAnswer(entry.Key, null, await boards.DrawAsync(Rep, ct));
    }

    private static string BareOf(ListEntry entry) =>
        entry.IsAddress && MailAddress.TryParse(entry.Key, out var address) ? address.WithoutTag : entry.Key;

    private static ListEntry Parse(string text) =>
        ListEntry.TryParse(text, out var entry, out var refusal)
            ? entry!
            : throw refusal switch
            {
                ListEntryRefusal.PublicSuffix => RefusalException.Unprocessable(
                    "public-suffix", "That is not one company's domain.", "Anyone can register beneath it. List the company's own domain or an address."),
                ListEntryRefusal.FreeMailDomain => RefusalException.Unprocessable(
                    "free-mail-domain", "That domain is a free-mail service.", "People of all kinds write from it. List the single address."),
                _ => RefusalException.Unprocessable("not-a-sender", "That is neither an address nor a domain.", "Send something like ann@fabrikam.example or fabrikam.example."),
            };
}

public sealed record SenderStatement
{
    public required SenderKind Kind { get; init; }
}

/// <param name="Entry">As it is kept: lower case, ASCII.</param>
/// <param name="Kind">Null when it is on the rep's list no more.</param>
/// <param name="Board">The new board, after a change.</param>
public sealed record SenderAnswer(string Entry, SenderKind? Kind, Board? Board = null);
