using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>Folders and messages of one mailbox. Called with the world locked.</summary>
internal static class MailRoutes
{
    private const int DefaultPageSize = 10;
    private static readonly string[] ListOptions = ["select", "top", "skip", "filter", "orderby", "count"];
    private static readonly string[] ChangeableMembers = ["categories", "isRead", "importance", "flag", "inferenceClassification"];

    /// <param name="request">What is asked.</param>
    /// <param name="world">Locked by the caller.</param>
    /// <param name="user">Whose mailbox.</param>
    /// <param name="at">Index of the first segment after the user.</param>
    public static GraphAnswer Answer(GraphRequest request, TenantWorld world, SimulatedUser user, int at)
    {
        if (!request.Caller.MayReadMail)
            return GraphAnswer.AccessDenied();

        var mailbox = world.MailboxOf(user.Id);
        string? folder = null;
        if (request.Word(at) == "mailfolders")
        {
            if (request.Segments.Count == at + 1)
                return request.Method == "GET" ? FolderList(request, mailbox) : GraphAnswer.NotSimulated(request);

            folder = mailbox.FolderOf(request.Segments[at + 1]);
            if (folder is null)
                return GraphAnswer.ItemNotFound();
            if (request.Segments.Count == at + 2)
                return request.Method == "GET" ? OneFolder(request, mailbox, folder) : GraphAnswer.NotSimulated(request);

            at += 2;
        }

        if (request.Word(at) != "messages")
            return GraphAnswer.NotSimulated(request);
        if (request.Segments.Count == at + 1)
            return request.Method == "GET" ? List(request, user, mailbox, folder) : GraphAnswer.NotSimulated(request);
        if (request.Segments.Count != at + 2)
            return GraphAnswer.NotSimulated(request);
        if (request.Word(at + 1) == "$count")
            return request.Method == "GET" ? Count(request, mailbox, folder) : GraphAnswer.NotSimulated(request);
        if (request.Word(at + 1) == "delta")
        {
            return folder is not null && request.Method == "GET"
                ? DeltaRoute.Answer(request, world, user, folder)
                : GraphAnswer.NotSimulated(request);
        }

        if (!mailbox.TryFind(request.Segments[at + 1], out var item) || (folder is not null && item.Folder != folder))
            return GraphAnswer.ItemNotFound();

        return request.Method switch
        {
            "GET" => One(request, user, item),
            "PATCH" => Change(request, world, user, item),
            _ => GraphAnswer.NotSimulated(request),
        };
    }

    private static GraphAnswer FolderList(GraphRequest request, Mailbox mailbox) => new(200, new JsonObject
    {
        ["@odata.context"] = $"{request.Root}/$metadata#users('{mailbox.User}')/mailFolders",
        ["value"] = new JsonArray([.. mailbox.FolderNames.Select(folder => Folder(mailbox, folder))]),
    });

    private static GraphAnswer OneFolder(GraphRequest request, Mailbox mailbox, string folder)
    {
        var drawn = Folder(mailbox, folder);
        drawn.Insert(0, "@odata.context", $"{request.Root}/$metadata#users('{mailbox.User}')/mailFolders/$entity");
        return new GraphAnswer(200, drawn);
    }

    private static JsonObject Folder(Mailbox mailbox, string folder)
    {
        var items = mailbox.ContentOf(folder).Items.All;
        return new JsonObject
        {
            ["id"] = ItemIds.Folder(mailbox.User, folder),
            ["displayName"] = Folders.DisplayName(folder),
            ["parentFolderId"] = ItemIds.Folder(mailbox.User, "msgfolderroot"),
            ["childFolderCount"] = 0,
            ["unreadItemCount"] = items.Count(item => item.Message["isRead"]?.GetValue<bool>() == false),
            ["totalItemCount"] = items.Count,
            ["sizeInBytes"] = 0,
            ["isHidden"] = false,
        };
    }

    private static GraphAnswer List(GraphRequest request, SimulatedUser user, Mailbox mailbox, string? folder)
    {
        if (request.Query.Keys.FirstOrDefault(name => !ListOptions.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} in a list of messages");

        var (select, unknown) = MessageView.ReadSelect(request.Query.GetValueOrDefault("select"));
        if (unknown is not null)
            return GraphAnswer.BadRequest($"Could not find a property named '{unknown}' on type 'Microsoft.OutlookServices.Message'.");
        if (MessageView.NeedsBodies(select) && !request.Caller.MayReadBodies)
            return GraphAnswer.AccessDenied();
        if (MessageFilter.Parse(request.Query.GetValueOrDefault("filter"), forDelta: false) is not { } filter)
            return GraphAnswer.BadRequest($"Invalid filter clause: {request.Query["filter"]}");
        if (!TryReadNumber(request, "top", 1, 1000, out var top) || !TryReadNumber(request, "skip", 0, int.MaxValue, out var skip))
            return GraphAnswer.BadRequest("$top is 1 to 1000, $skip is not negative.");

        var order = request.Query.GetValueOrDefault("orderby") ?? "receivedDateTime desc";
        var ascending = order.Trim().ToLowerInvariant() switch
        {
            "receiveddatetime" or "receiveddatetime asc" or "sentdatetime" or "sentdatetime asc" => true,
            "receiveddatetime desc" or "sentdatetime desc" => false,
            _ => (bool?)null,
        };
        if (ascending is null)
            return GraphAnswer.NotSimulated(request, $"the order {order}");

        var fitting = new Fitting(folder is null ? mailbox.All : mailbox.ContentOf(folder).Items, filter);
        var pageSize = top ?? request.Prefer.PageSize ?? DefaultPageSize;
        var from = skip ?? 0;

        // Headers come with a single message only, whoever names them.
        var shown = select?.Where(member => member != "internetMessageHeaders").ToList();
        var wishes = new MessageViewWishes(shown, request.Prefer.ImmutableIds, request.Caller.MayReadBodies, request.Prefer.TextBody);
        var place = folder is null ? $"users('{user.Id}')/messages" : $"users('{user.Id}')/mailFolders('{folder}')/messages";
        var answer = new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#{place}{Selected(select)}",
        };
        if (request.Query.GetValueOrDefault("count") == "true")
            answer["@odata.count"] = fitting.Count;
        answer["value"] = new JsonArray([.. fitting.Page(from, pageSize, ascending == true).Select(item => MessageView.Draw(item, user.Id, wishes))]);
        if (fitting.Count > from + pageSize)
            answer["@odata.nextLink"] = NextLink(request, from + pageSize);
        return new GraphAnswer(200, answer);
    }

    private static GraphAnswer Count(GraphRequest request, Mailbox mailbox, string? folder)
    {
        if (request.Query.Keys.FirstOrDefault(name => !name.Equals("filter", StringComparison.OrdinalIgnoreCase)) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} in a count of messages");
        if (MessageFilter.Parse(request.Query.GetValueOrDefault("filter"), forDelta: false) is not { } filter)
            return GraphAnswer.BadRequest($"Invalid filter clause: {request.Query["filter"]}");

        var fitting = new Fitting(folder is null ? mailbox.All : mailbox.ContentOf(folder).Items, filter);
        return new GraphAnswer(200) { Text = fitting.Count.ToString(CultureInfo.InvariantCulture) };
    }

    private static string NextLink(GraphRequest request, int skip)
    {
        var options = request.Query.Where(pair => !pair.Key.Equals("skip", StringComparison.OrdinalIgnoreCase))
            .Select(pair => $"${pair.Key}={Uri.EscapeDataString(pair.Value)}")
            .Append($"$skip={skip}");
        return $"{request.Root}{request.Path}?{string.Join('&', options)}";
    }

    private static GraphAnswer One(GraphRequest request, SimulatedUser user, MailItem item)
    {
        if (request.Query.Keys.FirstOrDefault(name => !name.Equals("select", StringComparison.OrdinalIgnoreCase)) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} of a message");

        var (select, unknown) = MessageView.ReadSelect(request.Query.GetValueOrDefault("select"));
        if (unknown is not null)
            return GraphAnswer.BadRequest($"Could not find a property named '{unknown}' on type 'Microsoft.OutlookServices.Message'.");
        if (MessageView.NeedsBodies(select) && !request.Caller.MayReadBodies)
            return GraphAnswer.AccessDenied();

        return new GraphAnswer(200, Entity(request, user, item, select));
    }

    private static GraphAnswer Change(GraphRequest request, TenantWorld world, SimulatedUser user, MailItem item)
    {
        if (!request.Caller.May("Mail.ReadWrite"))
            return GraphAnswer.AccessDenied();
        if (request.IfMatch is { } etag && etag != "*" && etag != MessageView.Etag(item))
            return GraphAnswer.Error(412, "ErrorIrresolvableConflict", "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.");
        if (request.Body is not JsonObject { Count: > 0 } body)
            return GraphAnswer.BadRequest("A body with the members to change is required.");

        // Annotations such as @odata.type come with every body of the SDK and change nothing.
        var changes = new JsonObject();
        foreach (var (name, value) in body.Where(member => !member.Key.StartsWith('@')))
            changes[name] = value?.DeepClone();
        if (changes.FirstOrDefault(member => !ChangeableMembers.Contains(member.Key)).Key is { } fixedMember)
            return GraphAnswer.NotSimulated(request, $"changing {fixedMember}");
        if (MessageFilling.Problem(changes) is { } problem)
            return GraphAnswer.BadRequest(problem);

        changes["lastModifiedDateTime"] = GraphTime.Seconds(world.Clock.GetUtcNow());
        world.Record(new ItemChanged(user.Id, item.Id, changes));
        return new GraphAnswer(200, Entity(request, user, item, null));
    }

    private static JsonObject Entity(GraphRequest request, SimulatedUser user, MailItem item, IReadOnlyList<string>? select)
    {
        var drawn = MessageView.Draw(item, user.Id,
            new MessageViewWishes(select, request.Prefer.ImmutableIds, request.Caller.MayReadBodies, request.Prefer.TextBody));
        drawn.Insert(0, "@odata.context", $"{request.Root}/$metadata#users('{user.Id}')/messages{Selected(select)}/$entity");
        return drawn;
    }

    private static string Selected(IReadOnlyList<string>? select) => select is null ? "" : $"({string.Join(',', select)})";

    /// <summary>What a filter leaves of some mail; where it asks for times of receipt only, nothing is walked through.</summary>
    private sealed class Fitting
    {
        private readonly Func<int, MailItem> at;

        public Fitting(ByReceived all, MessageFilter filter)
        {
            var (start, end) = all.Between(filter.Least, filter.Most);
            Count = Math.Max(0, end - start);
            at = place => all[start + place];
            if (filter.IsOfReceiptOnly)
                return;

            var fitting = Enumerable.Range(start, Count).Select(place => all[place]).Where(filter.Fits).ToList();
            Count = fitting.Count;
            at = place => fitting[place];
        }

        public int Count { get; }

        public IEnumerable<MailItem> Page(int from, int size, bool ascending) =>
            Enumerable.Range(from, Math.Clamp(Count - from, 0, size)).Select(place => at(ascending ? place : Count - 1 - place));
    }

    private static bool TryReadNumber(GraphRequest request, string option, int least, int most, out int? number)
    {
        number = null;
        if (!request.Query.TryGetValue(option, out var text))
            return true;
        if (!int.TryParse(text, out var value) || value < least || value > most)
            return false;

        number = value;
        return true;
    }
}
