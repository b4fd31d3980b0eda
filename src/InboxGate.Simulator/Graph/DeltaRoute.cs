using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>mailFolders/{folder}/messages/delta: first everything, page by page, then only what changed.</summary>
internal static class DeltaRoute
{
    private const int DefaultPageSize = 10;
    private const int MostFiltered = 5_000;
    private static readonly string[] FirstRequest = ["select", "filter", "top", "orderby", "changetype"];
    private static readonly string[] Tokens = ["skiptoken", "deltatoken", "token"];
    private static readonly string[] ChangeTypes = ["created", "updated", "deleted"];

    public static GraphAnswer Answer(GraphRequest request, TenantWorld world, SimulatedUser user, string folder)
    {
        if (request.Query.Keys.FirstOrDefault(name => !FirstRequest.Concat(Tokens).Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            return GraphAnswer.NotSimulated(request, $"the query option {unknown} in a delta");

        var mailbox = world.MailboxOf(user.Id);
        var token = TokenOf(request);
        DeltaState? state;
        if (token is not null)
        {
            state = DeltaState.Decode(token);
            if (state is null || state.User != user.Id || state.Folder != folder || state.Reached > mailbox.Sequence)
                return GraphAnswer.SyncStateNotFound();
        }
        else
        {
            var (first, refused) = Begin(request, user.Id, folder, mailbox.Sequence);
            if (refused is not null)
                return refused;
            state = first!;
        }

        var (select, unknownMember) = MessageView.ReadSelect(state.Select);
        if (unknownMember is not null)
            return GraphAnswer.BadRequest($"Could not find a property named '{unknownMember}' on type 'Microsoft.OutlookServices.Message'.");
        if (MessageView.NeedsBodies(select) && !request.Caller.MayReadBodies)
            return GraphAnswer.AccessDenied();
        if (MessageFilter.Parse(state.Filter, forDelta: true) is not { } filter)
            return GraphAnswer.BadRequest($"Invalid filter clause: a delta takes only receivedDateTime ge or gt: {state.Filter}");

        var wishes = Wishes(request, select);
        var pageSize = request.Prefer.PageSize ?? state.Top ?? DefaultPageSize;
        var (items, next, isLast) = state.Newest && state.Round == 0
            ? NewestFirst(mailbox, state, filter, wishes, pageSize)
            : ByChange(mailbox, state, filter, wishes, pageSize);

        var link = $"{Address(request.Root, user.Id, folder)}?";
        return new GraphAnswer(200, new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#Collection(message)",
            [isLast ? "@odata.deltaLink" : "@odata.nextLink"] = link + (isLast ? "$deltatoken=" : "$skiptoken=") + next.Encode(),
            ["value"] = items,
        });
    }

    /// <summary>Where to begin again, as a 410 may tell: the first request of the round whose state was lost.</summary>
    public static string? FreshStart(GraphRequest request)
    {
        if (TokenOf(request) is not { } token || DeltaState.Decode(token) is not { } state)
            return null;

        var options = new[] { ("$select", state.Select), ("$filter", state.Filter), ("$orderby", state.Newest ? "receivedDateTime desc" : null), ("changeType", state.ChangeType) }
            .Where(option => option.Item2 is not null)
            .Select(option => $"{option.Item1}={Uri.EscapeDataString(option.Item2!)}");
        return $"{Address(request.Root, state.User, state.Folder)}?{string.Join('&', options)}".TrimEnd('?');
    }

    /// <summary>
    /// What earlier pages have shown, once more: the changes of the round before, as the items are now, and those that
    /// have left since as they were, with their removal for the end of the page.
    /// </summary>
    public static (IReadOnlyList<JsonObject> Items, IReadOnlyList<JsonObject> Removals) ShownBefore(GraphRequest request, TenantWorld world, SimulatedUser user, int most)
    {
        if (TokenOf(request) is not { } token || DeltaState.Decode(token) is not { } state || (state.Newest && state.Round == 0)
            || MessageFilter.Parse(state.Filter, forDelta: true) is not { } filter)
            return ([], []);

        var until = state.Round == 0 ? state.Reached : state.Round;
        var wishes = Wishes(request, MessageView.ReadSelect(state.Select).Members);
        var shown = world.MailboxOf(user.Id).ContentOf(state.Folder).StoodHere(state.Before, until)
            .Where(change => filter.Fits(change.Item)).TakeLast(most).ToList();
        return (
            shown.ConvertAll(change =>
            {
                var drawn = MessageView.Draw(change.Item, user.Id, wishes);
                drawn["id"] = change.Removed is null ? drawn["id"]!.DeepClone() : change.IdFor(wishes.ImmutableIds);
                if (drawn.ContainsKey("parentFolderId"))
                    drawn["parentFolderId"] = ItemIds.Folder(user.Id, state.Folder);
                return drawn;
            }),
            shown.Where(change => change.Removed is not null).Select(change => Removed(change, wishes)).ToList());
    }

    private static string? TokenOf(GraphRequest request) =>
        Tokens.Select(name => request.Query.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    private static string Address(string root, Guid user, string folder) => $"{root}/users('{user}')/mailFolders('{folder}')/messages/delta";

    private static MessageViewWishes Wishes(GraphRequest request, IReadOnlyList<string>? select) =>
        new(select, request.Prefer.ImmutableIds, request.Caller.MayReadBodies, request.Prefer.TextBody, InDelta: true);

    private static JsonObject Removed(MailChange change, MessageViewWishes wishes) => new()
    {
        ["@odata.type"] = "#microsoft.graph.message",
        ["id"] = change.IdFor(wishes.ImmutableIds),
        ["@removed"] = new JsonObject { ["reason"] = change.Removed },
    };

    private static (DeltaState?, GraphAnswer?) Begin(GraphRequest request, Guid user, string folder, long start)
    {
        int? top = null;
        if (request.Query.TryGetValue("top", out var asked))
        {
            if (!int.TryParse(asked, out var number) || number is < 1 or > 1000)
                return (null, GraphAnswer.BadRequest($"The value of $top has to be between 1 and 1000: {asked}"));
            top = number;
        }

        var order = request.Query.GetValueOrDefault("orderby");
        if (order is not null && !order.Trim().Equals("receivedDateTime desc", StringComparison.OrdinalIgnoreCase))
            return (null, GraphAnswer.BadRequest($"A delta of messages can be ordered by receivedDateTime desc only: {order}"));

        var changeType = request.Query.GetValueOrDefault("changeType")?.ToLowerInvariant();
        if (changeType is not null && !ChangeTypes.Contains(changeType))
            return (null, GraphAnswer.BadRequest($"changeType is created, updated or deleted: {changeType}"));

        return (new DeltaState(user, folder, request.Query.GetValueOrDefault("select"), request.Query.GetValueOrDefault("filter"),
            top, changeType, order is not null, Round: 0, Reached: 0, start, Shown: 0), null);
    }

    private static (JsonArray Items, DeltaState Next, bool IsLast) NewestFirst(
        Mailbox mailbox, DeltaState state, MessageFilter filter, MessageViewWishes wishes, int pageSize)
    {
        // What came in since the round began is left to the next round, so that pages do not shift.
        // The place is found again by the last item and not by a number, so that what goes meanwhile does not shift them either.
        var items = mailbox.ContentOf(state.Folder).Items;
        var (least, end) = items.Between(filter.Least, filter.Most);
        if (state.LastReceivedAt is { } last)
            end = Math.Min(end, items.CountBefore(last, state.LastEnteredAt));

        var shown = state.Shown;
        var page = new JsonArray();
        for (var place = end - 1; place >= least && !(state.Filter is not null && shown == MostFiltered); place--)
        {
            var item = items[place];
            if (item.EnteredAt > state.Start)
                continue;
            if (page.Count == pageSize)
            {
                var before = items[place + 1];
                return (page, state with { Shown = shown, LastReceivedAt = before.ReceivedAt, LastEnteredAt = before.EnteredAt }, false);
            }

            page.Add(MessageView.Draw(item, mailbox.User, wishes));
            shown++;
        }

        return (page, state with { Shown = 0, LastReceivedAt = null, LastEnteredAt = 0, Round = state.Start, Reached = state.Start }, true);
    }

    private static (JsonArray Items, DeltaState Next, bool IsLast) ByChange(
        Mailbox mailbox, DeltaState state, MessageFilter filter, MessageViewWishes wishes, int pageSize)
    {
        var isFirstRound = state.Round == 0;
        var page = new JsonArray();
        var reached = state.Reached;
        var shown = state.Shown;
        var content = mailbox.ContentOf(state.Folder);
        var changes = isFirstRound
            ? content.ContentAfter(state.Reached, state.Start, filter.Least, filter.Most)
            : content.ChangesAfter(state.Reached);
        foreach (var change in changes)
        {
            if (!IsShown(change, state, filter, isFirstRound))
                continue;
            if (isFirstRound && state.Filter is not null && shown == MostFiltered)
                break;
            if (page.Count == pageSize)
                return (page, state with { Reached = reached, Shown = shown }, false);

            page.Add(change.Removed is null
                ? MessageView.Draw(change.Item, mailbox.User, wishes)
                : Removed(change, wishes));
            reached = change.Sequence;
            shown++;
        }

        var end = mailbox.Sequence;
        return (page, state with { Before = state.Round, Round = end, Reached = end, Shown = 0 }, true);
    }

    private static bool IsShown(MailChange change, DeltaState state, MessageFilter filter, bool isFirstRound)
    {
        if (change.Removed is not null)
        {
            var wasShown = !isFirstRound || change.Sequence > state.Start;
            return wasShown && (isFirstRound || state.ChangeType is null or "deleted");
        }

        if (!filter.Fits(change.Item))
            return false;
        if (isFirstRound || state.ChangeType is null)
            return true;

        // Against the end of the round before, not the page before: Round holds it until the round is over.
        return state.ChangeType == (change.Item.EnteredAt > state.Round ? "created" : "updated");
    }
}
