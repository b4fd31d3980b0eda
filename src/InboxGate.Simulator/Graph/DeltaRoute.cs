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
        var token = Tokens.Select(name => request.Query.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);
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

        var wishes = new MessageViewWishes(select, request.Prefer.ImmutableIds, request.Caller.MayReadBodies, request.Prefer.TextBody, InDelta: true);
        var pageSize = request.Prefer.PageSize ?? state.Top ?? DefaultPageSize;
        var (items, next, isLast) = state.Newest && state.Round == 0
            ? NewestFirst(mailbox, state, filter, wishes, pageSize)
            : ByChange(mailbox, state, filter, wishes, pageSize);

        var link = $"{request.Root}/users('{user.Id}')/mailFolders('{folder}')/messages/delta?";
        return new GraphAnswer(200, new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#Collection(message)",
            [isLast ? "@odata.deltaLink" : "@odata.nextLink"] = link + (isLast ? "$deltatoken=" : "$skiptoken=") + next.Encode(),
            ["value"] = items,
        });
    }

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
            top, changeType, order is not null, Round: 0, Reached: 0, start, Skip: 0), null);
    }

    private static (JsonArray Items, DeltaState Next, bool IsLast) NewestFirst(
        Mailbox mailbox, DeltaState state, MessageFilter filter, MessageViewWishes wishes, int pageSize)
    {
        // What came in since the round began is left to the next round, so that pages do not shift.
        var present = mailbox.In(state.Folder)
            .Where(item => item.EnteredAt <= state.Start && filter.Fits(item))
            .OrderByDescending(item => item.ReceivedAt).ThenBy(item => item.EnteredAt)
            .Skip(state.Skip).Take(pageSize + 1).ToList();
        var page = new JsonArray([.. present.Take(pageSize).Select(item => MessageView.Draw(item, mailbox.User, wishes))]);
        return present.Count > pageSize
            ? (page, state with { Skip = state.Skip + pageSize }, false)
            : (page, state with { Skip = 0, Round = state.Start, Reached = state.Start }, true);
    }

    private static (JsonArray Items, DeltaState Next, bool IsLast) ByChange(
        Mailbox mailbox, DeltaState state, MessageFilter filter, MessageViewWishes wishes, int pageSize)
    {
        var isFirstRound = state.Round == 0;
        var page = new JsonArray();
        var reached = state.Reached;
        var shown = state.Skip;
        foreach (var change in mailbox.ChangesAfter(state.Reached, state.Folder))
        {
            if (!IsShown(change, state, filter, isFirstRound))
                continue;
            if (isFirstRound && state.Filter is not null && shown == MostFiltered)
                break;
            if (page.Count == pageSize)
                return (page, state with { Reached = reached, Skip = shown }, false);

            page.Add(change.Removed is null
                ? MessageView.Draw(change.Item, mailbox.User, wishes)
                : new JsonObject
                {
                    ["@odata.type"] = "#microsoft.graph.message",
                    ["id"] = change.IdFor(wishes.ImmutableIds),
                    ["@removed"] = new JsonObject { ["reason"] = change.Removed },
                });
            reached = change.Sequence;
            shown++;
        }

        // Round is never 0 again, even for a mailbox in which nothing has happened yet.
        var end = mailbox.Sequence;
        return (page, state with { Round = Math.Max(end, 1), Reached = end, Skip = 0 }, true);
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
