using System.Text;
using System.Text.Json;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Mailbox;

/// <summary>What Microsoft Graph sends. A notification only says "look again": nothing is read or stored here, so the answer takes milliseconds.</summary>
[ApiController]
[AllowAnonymous]
[RequestSizeLimit(LargestBody)]
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
            return validationToken.Length <= LongestValidationToken
                ? new ContentResult { Content = validationToken, ContentType = "text/plain", StatusCode = StatusCodes.Status200OK }
                : throw new RefusalException(StatusCodes.Status400BadRequest, "validation-token", "The validation token is too long.", "Send at most 4096 characters.");
        }

        if (Request.ContentLength > LargestBody)
        {
            throw new RefusalException(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The request body is too large.", "Send at most 256 KiB at once.");
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(Request.Body, cancellationToken: ct);
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
        catch (Exception wrong) when (wrong is JsonException or DecoderFallbackException)
        {
            // Answered below.
        }

        throw new RefusalException(
            StatusCodes.Status400BadRequest, "malformed-request", "That is no collection of change notifications.", "Send an object with the array value.");
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
