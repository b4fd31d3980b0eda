using System.Text.Json;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Mailbox;

/// <summary>What Microsoft Graph sends. A notification only says "look again": nothing is read or stored here, so the answer takes milliseconds.</summary>
[ApiController]
[AllowAnonymous]
[Route("api/graph")]
public sealed class NotificationsController(ClientState states, IMailboxWatch watch) : ControllerBase
{
    private const int LargestBody = 256 * 1024;
    private const int LongestValidationToken = 4096;

    [HttpPost("notifications")]
    public Task<IActionResult> Notify([FromQuery] string? validationToken, CancellationToken ct) => ReceiveAsync(validationToken, ct);

    [HttpPost("lifecycle")]
    public Task<IActionResult> NotifyLifecycle([FromQuery] string? validationToken, CancellationToken ct) => ReceiveAsync(validationToken, ct);

    private async Task<IActionResult> ReceiveAsync(string? validationToken, CancellationToken ct)
    {
        if (validationToken is not null)
        {
            // Nobody's browser may take the echo for a page.
            Response.Headers.XContentTypeOptions = "nosniff";
            return validationToken.Length <= LongestValidationToken
                ? new ContentResult { Content = validationToken, ContentType = "text/plain", StatusCode = StatusCodes.Status200OK }
                : throw new RefusalException(StatusCodes.Status400BadRequest, "validation-token", "The validation token is too long.", "Send at most 4096 characters.");
        }

        try
        {
            using var body = JsonDocument.Parse(await ReadBodyAsync(ct));
            if (body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("value", out var items)
                && items.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in items.EnumerateArray())
                {
                    Hear(item);
                }

                return Accepted();
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is no Unicode: answered below.
        }

        throw new RefusalException(
            StatusCodes.Status400BadRequest, "malformed-request", "That is no collection of change notifications.", "Send an object with the array value.");
    }

    /// <summary>
    /// Counted here and not by the server's own limit, which cuts the connection of a sender that gives no length: it
    /// would never learn why.
    /// </summary>
    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken ct)
    {
        using var body = new MemoryStream();
        var isTooLarge = Request.ContentLength > LargestBody;
        while (!isTooLarge)
        {
            var read = await Request.BodyReader.ReadAsync(ct);
            foreach (var part in read.Buffer)
            {
                body.Write(part.Span);
            }

            Request.BodyReader.AdvanceTo(read.Buffer.End);
            isTooLarge = body.Length > LargestBody;
            if (read.IsCompleted)
            {
                break;
            }
        }

        return isTooLarge
            ? throw new RefusalException(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The request body is too large.", "Send at most 256 KiB at once.")
            : body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Each item stands alone: one with a foreign state changes nothing, and is not told so.</summary>
    private void Hear(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !states.TryRead(Text(item, "clientState"), out var rep))
        {
            return;
        }

        // A subscription that was removed, or wants to be authorised again, is mended before reading.
        if (Text(item, "lifecycleEvent") is "subscriptionRemoved" or "reauthorizationRequired")
        {
            watch.Resubscribe(rep);
        }
        else
        {
            watch.LookAgain(rep);
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
