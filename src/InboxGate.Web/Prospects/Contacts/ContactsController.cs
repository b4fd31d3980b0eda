using InboxGate.Core.Senders;
using InboxGate.Web.Boards;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>Outlook contacts on the rep's own list, by the rep's choice.</summary>
[Route("api/prospects/contacts")]
public sealed class ContactsController(ContactSources sources) : RepController
{
    private const int LongestFolderId = 1000;
    private const int LongestCategory = 255;

    [HttpGet]
    [ProducesResponseType<ContactsAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ContactsAnswer>> Get(CancellationToken ct)
    {
        Response.Headers.CacheControl = "private, no-store";
        return await sources.ReadAsync(Rep, ct);
    }

    [HttpPut]
    [Refuses(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable)]
    [ProducesResponseType<ChosenContacts>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ChosenContacts>> Put(ContactsChoice choice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return await sources.OptInAsync(Rep, Read(choice.FolderId, LongestFolderId), Read(choice.Category, LongestCategory), choice.Kind, ct);
    }

    [HttpDelete]
    [Refuses(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ChosenContacts>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ChosenContacts>> Delete([FromQuery] string? folderId, [FromQuery] string? category, CancellationToken ct) =>
        await sources.OptOutAsync(Rep, Read(folderId, LongestFolderId), Read(category, LongestCategory), ct);

    private static string Read(string? text, int longest)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length <= longest && !trimmed.Any(char.IsControl) && trimmed is not ("." or "..")
            ? trimmed
            : throw RefusalException.Unprocessable(
                "not-contacts", "That names no contacts.", "Send a folder's id, or nothing for the default one, and a category's name, or nothing for all.");
    }
}

public sealed record ContactsChoice
{
    /// <summary>Graph's id of the folder; empty or missing for the default one.</summary>
    public string? FolderId { get; init; }

    /// <summary>Empty or missing for all contacts of the folder.</summary>
    public string? Category { get; init; }

    public required SenderKind Kind { get; init; }
}
