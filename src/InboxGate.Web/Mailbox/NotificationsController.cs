using InboxGate.Web.Problems;
using InboxGate.Web.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Mailbox;

/// <summary>What Microsoft Graph sends. A notification only says "look again": nothing is read or stored here, so the answer takes milliseconds.</summary>
[ApiController]
[AllowAnonymous]
[DisableRequestSizeLimit]
[Route("api/graph")]
public sealed class NotificationsController(ClientState states, SubscriptionKeeper subscriptions, IMailboxWatch watch, MailboxMetrics metrics) : ControllerBase
{
    private const int LargestBody = 256 * 1024;
    private const int LongestValidationToken = 4096;

    [HttpPost("notifications")]
    [ReadsNotifications]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Notify(CancellationToken ct) => ReceiveAsync(ct);

    [HttpPost("lifecycle")]
    [ReadsNotifications]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public Task<IActionResult> NotifyLifecycle(CancellationToken ct) => ReceiveAsync(ct);

    private async Task<IActionResult> ReceiveAsync(CancellationToken ct)
    {
        // Not bound as a parameter: a token of spaces only would come as none.
        if (Request.Query.TryGetValue("validationToken", out var tokens) && tokens is [{ } validationToken, ..])
        {
            // Nobody's browser may take the echo for a page.
            Response.Headers.XContentTypeOptions = "nosniff";
            return validationToken.Length <= LongestValidationToken
                ? new ContentResult { Content = validationToken, ContentType = "text/plain", StatusCode = StatusCodes.Status200OK }
                : throw new RefusalException(StatusCodes.Status400BadRequest, "validation-token", "The validation token is too long.", "Send at most 4096 characters.");
        }

        var hints = await ReadAsync(ct) ?? throw new RefusalException(
            StatusCodes.Status400BadRequest, "malformed-request", "That is no collection of change notifications.", "Send an object with the array value.");
        foreach (var hint in hints.Ours)
        {
            Hear(hint);
        }

        metrics.Notified(hints.Items, hints.Foreign);
        return Accepted();
    }

    /// <summary>
    /// The body is parsed where it lies, once it is whole. It is counted here and not by the server's own limit, which cuts
    /// the connection of a sender that gives no length: it would never learn why.
    /// </summary>
    /// <returns>Null when it is no collection of notifications: then none of it counts.</returns>
    private async Task<NotificationHints?> ReadAsync(CancellationToken ct)
    {
        var body = Request.BodyReader;
        var isTooLarge = Request.ContentLength > LargestBody;
        while (!isTooLarge)
        {
            var read = await body.ReadAsync(ct);
            isTooLarge = read.Buffer.Length > LargestBody;
            if (read.IsCompleted && !isTooLarge)
            {
                var hints = NotificationHints.Read(read.Buffer, states);
                body.AdvanceTo(read.Buffer.End);
                return hints;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        throw new RefusalException(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The request body is too large.", "Send at most 256 KiB at once.");
    }

    /// <summary>A subscription that was removed, or wants to be authorised again, is mended before reading.</summary>
    private void Hear(NotificationHint hint)
    {
        switch (hint.Lifecycle)
        {
            case LifecycleEvent.SubscriptionRemoved:
                subscriptions.Removed(hint.Rep, hint.Folder);
                break;
            case LifecycleEvent.ReauthorizationRequired:
                subscriptions.Reauthorize(hint.Rep, hint.Folder);
                break;
        }

        watch.LookAgain(hint.Rep);
    }
}
