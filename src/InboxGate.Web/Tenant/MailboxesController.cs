using System.ComponentModel.DataAnnotations;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Tenant;

/// <summary>The watches of the administrator's own tenant.</summary>
[ApiController]
[Authorize(EntraSignIn.AdminRole)]
[Route("api/tenant/mailboxes")]
public sealed class MailboxesController(
    MailboxListing mailboxes, SubscriptionKeeper subscriptions, IDbContextFactory<Store> stores, IMailboxWatch watch) : ControllerBase
{
    private const int LongestCode = 64;

    /// <param name="after">The last rep of the page before.</param>
    /// <param name="problem">Only mailboxes with this problem, of their own or of a subscription.</param>
    [HttpGet]
    [ProducesResponseType<MailboxPage>(StatusCodes.Status200OK)]
    public Task<MailboxPage> List(
        [FromQuery] Guid? after,
        [FromQuery, EnumDataType(typeof(MailboxState))] MailboxState? state,
        [FromQuery, MaxLength(LongestCode)] string? problem,
        CancellationToken ct,
        [FromQuery, Range(1, 500)] int take = 100) =>
        mailboxes.ReadAsync(User.Rep().TenantId, new MailboxQuery(after, take, state, problem), ct);

    /// <summary>Reads the mailbox now, and with it who the rep is; its subscriptions are renewed or asked for again.</summary>
    [HttpPost("{rep:guid}/refresh")]
    [Refuses(StatusCodes.Status404NotFound)]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public async Task<IActionResult> Refresh(Guid rep, CancellationToken ct)
    {
        var key = new RepKey(User.Rep().TenantId, rep);
        await using var store = await stores.CreateDbContextAsync(ct);
        var known = await store.Reps.Where(x => x.TenantId == key.TenantId && x.RepId == rep && x.LeftAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.ProfileReadAt, (DateTimeOffset?)null), ct);
        if (known == 0)
        {
            throw RefusalException.NotFound("rep-not-enrolled", "That rep is not enrolled.", "A rep enrols by opening InboxGate.");
        }

        subscriptions.AskAgain(key);
        watch.LookAgain(key);
        return Accepted();
    }
}
