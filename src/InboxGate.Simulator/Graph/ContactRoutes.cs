using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>contactFolders and contacts of one mailbox, to be read. Called with the world locked.</summary>
internal static class ContactRoutes
{
    private const int DefaultPageSize = 10;
    private static readonly string[] ListOptions = ["select", "top", "skip"];

    public static bool Knows(GraphRequest request, int at) => request.Word(at) is "contacts" or "contactfolders";

    /// <param name="request">What is asked.</param>
    /// <param name="world">Locked by the caller.</param>
    /// <param name="user">Whose contacts.</param>
    /// <param name="at">Index of the first segment after the user.</param>
    public static GraphAnswer Answer(GraphRequest request, TenantWorld world, SimulatedUser user, int at)
    {
        if (!request.Caller.May("Contacts.Read", "Contacts.ReadWrite"))
            return GraphAnswer.AccessDenied();
        if (request.Method != "GET")
            return GraphAnswer.NotSimulated(request);

        var book = world.MailboxOf(user.Id).Contacts;
        var folder = book.Default;
        if (request.Word(at) == "contactfolders")
        {
            // The default folder is not among them: it is what they lie in.
            if (request.Segments.Count == at + 1)
                return FolderList(request, user, book.ChildrenOf(book.Default.Id));
            if (book.FindFolder(request.Segments[at + 1]) is not { } named)
                return GraphAnswer.ItemNotFound();
            if (request.Segments.Count == at + 2)
                return OneFolder(request, user, named);
            if (request.Word(at + 2) == "childfolders" && request.Segments.Count == at + 3)
                return FolderList(request, user, book.ChildrenOf(named.Id));

            folder = named;
            at += 2;
        }

        if (request.Word(at) != "contacts")
            return GraphAnswer.NotSimulated(request);
        if (request.Segments.Count == at + 1)
            return List(request, user, book, folder);
        if (request.Segments.Count != at + 2)
            return GraphAnswer.NotSimulated(request);
        if (request.Word(at + 1) == "delta")
            return ContactDelta.Answer(request, user, book, folder);

        return book.TryFind(request.Segments[at + 1], out var item) && (folder.ParentId is null || item.Folder == folder.Id)
            ? One(request, user, item)
            : GraphAnswer.ItemNotFound();
    }

    public static GraphAnswer UnknownMember(string member) =>
        GraphAnswer.BadRequest($"Could not find a property named '{member}' on type 'Microsoft.OutlookServices.Contact'.");

    private static GraphAnswer FolderList(GraphRequest request, SimulatedUser user, IEnumerable<ContactFolder> folders)
    {
        if (Unknown(request) is { } refused)
            return refused;

        return Page(request, $"users('{user.Id}')/contactFolders", [.. folders], Draw);
    }

    private static GraphAnswer OneFolder(GraphRequest request, SimulatedUser user, ContactFolder folder)
    {
        var drawn = Draw(folder);
        drawn.Insert(0, "@odata.context", $"{request.Root}/$metadata#users('{user.Id}')/contactFolders/$entity");
        return new GraphAnswer(200, drawn);
    }

    private static GraphAnswer List(GraphRequest request, SimulatedUser user, ContactBook book, ContactFolder folder)
    {
        if (Unknown(request) is { } refused)
            return refused;

        var (select, unknown) = ContactView.ReadSelect(request.Query.GetValueOrDefault("select"));
        return unknown is null
            ? Page(request, $"users('{user.Id}')/contacts", [.. book.ContentOf(folder.Id)], item => ContactView.Draw(item, select, request.Prefer.ImmutableIds))
            : UnknownMember(unknown);
    }

    private static GraphAnswer One(GraphRequest request, SimulatedUser user, ContactItem item)
    {
        if (request.Query.Keys.FirstOrDefault(name => !name.Equals("select", StringComparison.OrdinalIgnoreCase)) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} of a contact");

        var (select, unknown) = ContactView.ReadSelect(request.Query.GetValueOrDefault("select"));
        if (unknown is not null)
            return UnknownMember(unknown);

        var drawn = ContactView.Draw(item, select, request.Prefer.ImmutableIds);
        drawn.Insert(0, "@odata.context", $"{request.Root}/$metadata#users('{user.Id}')/contacts/$entity");
        return new GraphAnswer(200, drawn);
    }

    private static GraphAnswer? Unknown(GraphRequest request) =>
        request.Query.Keys.FirstOrDefault(name => !ListOptions.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } option
            ? GraphAnswer.NotSimulated(request, $"the query option {option} in a list of contacts or their folders")
            : null;

    private static GraphAnswer Page<T>(GraphRequest request, string place, IReadOnlyList<T> all, Func<T, JsonObject> draw)
    {
        if (!TryRead(request, "top", 1, 1000, out var top) || !TryRead(request, "skip", 0, int.MaxValue, out var skip))
            return GraphAnswer.BadRequest("$top is 1 to 1000 and $skip at least 0.");

        var (from, size) = (skip ?? 0, top ?? request.Prefer.PageSize ?? DefaultPageSize);
        var answer = new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#{place}",
            ["value"] = new JsonArray([.. all.Skip(from).Take(size).Select(draw)]),
        };
        if (all.Count - size > from)
        {
            var options = request.Query.Where(pair => !pair.Key.Equals("skip", StringComparison.OrdinalIgnoreCase))
                .Select(pair => $"${pair.Key}={Uri.EscapeDataString(pair.Value)}")
                .Append(string.Create(CultureInfo.InvariantCulture, $"$skip={from + size}"));
            answer["@odata.nextLink"] = $"{request.Root}{request.Path}?{string.Join('&', options)}";
        }

        return new GraphAnswer(200, answer);
    }

    private static JsonObject Draw(ContactFolder folder) =>
        new() { ["id"] = folder.Id, ["parentFolderId"] = folder.ParentId, ["displayName"] = folder.Name };

    private static bool TryRead(GraphRequest request, string option, int least, int most, out int? number)
    {
        number = null;
        if (!request.Query.TryGetValue(option, out var text))
            return true;
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var value) || value < least || value > most)
            return false;

        number = value;
        return true;
    }
}
