using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>contacts/delta of a folder: first everything, page by page, then only what changed.</summary>
internal static class ContactDelta
{
    private const int DefaultPageSize = 10;
    private static readonly string[] Tokens = ["skiptoken", "deltatoken", "token"];

    public static bool Is(GraphRequest request) =>
        request.Word(request.Segments.Count - 1) == "delta" && request.Word(request.Segments.Count - 2) == "contacts";

    public static GraphAnswer Answer(GraphRequest request, SimulatedUser user, ContactBook book, ContactFolder folder)
    {
        if (request.Query.Keys.FirstOrDefault(name => !Tokens.Append("select").Contains(name, StringComparer.OrdinalIgnoreCase)) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} in a delta of contacts");

        var state = new State(user.Id, folder.Id, request.Query.GetValueOrDefault("select"), Round: 0, Reached: 0, book.Sequence);
        if (TokenOf(request) is { } token)
        {
            if (State.Decode(token) is not { } carried || carried.User != user.Id || carried.Folder != folder.Id || carried.Reached > book.Sequence)
                return GraphAnswer.SyncStateNotFound();
            state = carried;
        }

        var (select, unknown) = ContactView.ReadSelect(state.Select);
        if (unknown is not null)
            return ContactRoutes.UnknownMember(unknown);

        var size = request.Prefer.PageSize ?? DefaultPageSize;
        var immutable = request.Prefer.ImmutableIds;
        // What was removed before the first round began was never shown.
        var changes = book.ChangesAfter(folder.Id, state.Reached)
            .Where(change => change.Removed is null || state.Round > 0 || change.Sequence > state.Start)
            .Take(size + 1).ToList();
        var isLast = changes.Count <= size;
        var page = changes.Take(size).ToList();
        var next = isLast ? state with { Before = state.Round, Round = book.Sequence, Reached = book.Sequence } : state with { Reached = page[^1].Sequence };
        return new GraphAnswer(200, new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#Collection(contact)",
            [isLast ? "@odata.deltaLink" : "@odata.nextLink"] =
                $"{Address(request.Root, state)}?{(isLast ? "$deltatoken=" : "$skiptoken=")}{next.Encode()}",
            ["value"] = new JsonArray([.. page.Select(change => change.Removed is null
                ? ContactView.Draw(change.Item, select, immutable, inDelta: true)
                : ContactView.Removed(change, immutable))]),
        });
    }

    /// <summary>Where to begin again, as a 410 may tell.</summary>
    public static string? FreshStart(GraphRequest request) =>
        TokenOf(request) is { } token && State.Decode(token) is { } state
            ? Address(request.Root, state) + (state.Select is null ? "" : $"?$select={Uri.EscapeDataString(state.Select)}")
            : null;

    /// <summary>What earlier pages have shown, once more, as it is now.</summary>
    public static IReadOnlyList<JsonObject> ShownBefore(GraphRequest request, TenantWorld world, SimulatedUser user, int most)
    {
        if (TokenOf(request) is not { } token || State.Decode(token) is not { } state)
            return [];

        var select = ContactView.ReadSelect(state.Select).Members;
        var until = state.Round == 0 ? state.Reached : state.Round;
        return [.. world.MailboxOf(user.Id).Contacts.ContentOf(state.Folder)
            .Where(item => item.Sequence > state.Before && item.Sequence <= until).TakeLast(most)
            .Select(item => ContactView.Draw(item, select, request.Prefer.ImmutableIds, inDelta: true))];
    }

    private static string? TokenOf(GraphRequest request) =>
        Tokens.Select(name => request.Query.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    private static string Address(string root, State state) =>
        $"{root}/users('{state.User}')/contactFolders('{state.Folder}')/contacts/delta";

    /// <summary>What a delta link carries. Opaque to callers.</summary>
    /// <param name="Round">Sequence at which this round's changes begin; 0 in the first round.</param>
    /// <param name="Reached">Sequence of the last change given out.</param>
    /// <param name="Start">The address book's sequence when the first round began.</param>
    /// <param name="Before">Sequence at which the round before this one began.</param>
    private sealed record State(Guid User, string Folder, string? Select, long Round, long Reached, long Start, long Before = 0)
    {
        public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

        public static State? Decode(string token)
        {
            try
            {
                return JsonSerializer.Deserialize<State>(Base64Url.DecodeFromChars(token));
            }
            catch (Exception unreadable) when (unreadable is JsonException or FormatException)
            {
                return null;
            }
        }
    }
}
