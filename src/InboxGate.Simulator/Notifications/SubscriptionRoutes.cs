using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Graph;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Notifications;

/// <summary>/subscriptions: made after a real handshake, renewed, listed without their secrets, ended.</summary>
internal sealed class SubscriptionRoutes(TenantWorld world, ValidationHandshake handshake, NotificationSender notifications)
{
    private const int PageSize = 50;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10_080);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(45);
    private static readonly string[] ChangeTypes = ["created", "updated", "deleted"];
    private static readonly string[] TlsVersions = ["v1_0", "v1_1", "v1_2", "v1_3"];

    private static readonly string[] Members =
        ["changeType", "resource", "notificationUrl", "lifecycleNotificationUrl", "expirationDateTime", "clientState", "latestSupportedTlsVersion"];

    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, CancellationToken ct)
    {
        if (request.Segments.Count == 1)
        {
            return request.Method switch
            {
                "POST" => await CreateAsync(request, ct),
                "GET" => List(request),
                _ => GraphAnswer.NotSimulated(request),
            };
        }

        if (!Guid.TryParse(request.Segments[1], out var id) || Find(request, id) is not { } found)
            return NotFound(request.Segments[1]);

        if (request.Segments.Count == 3 && request.Word(2) == "reauthorize" && request.Method == "POST")
        {
            notifications.Reauthorized(found);
            return new GraphAnswer(204);
        }

        if (request.Segments.Count != 2)
            return GraphAnswer.NotSimulated(request);

        return request.Method switch
        {
            "GET" => new GraphAnswer(200, Entity(request, found)),
            "PATCH" => await RenewAsync(request, found, ct),
            "DELETE" => End(found),
            _ => GraphAnswer.NotSimulated(request),
        };
    }

    private async Task<GraphAnswer> CreateAsync(GraphRequest request, CancellationToken ct)
    {
        var (wanted, refused) = Read(request);
        if (refused is not null)
            return refused;

        var subscription = wanted!;
        if (world.Read(it => IsTaken(it, subscription)))
            return Taken();

        foreach (var url in new[] { subscription.NotificationUrl, subscription.LifecycleNotificationUrl }.OfType<string>())
        {
            if (await handshake.ProblemAsync(url, ct) is { } problem)
                return GraphAnswer.Error(400, "ValidationError", problem);
        }

        return world.Write(it =>
        {
            // The handshake took its time; another request may have been faster.
            if (IsTaken(it, subscription))
                return Taken();

            it.Record(new SubscriptionSaved(subscription));
            return new GraphAnswer(201, Entity(request, subscription, withClientState: true));
        });
    }

    private (Subscription? Subscription, GraphAnswer? Refused) Read(GraphRequest request)
    {
        if (request.Body is not JsonObject body)
            return (null, Invalid("A JSON body is required."));
        if (body.FirstOrDefault(member => !Members.Contains(member.Key) && !member.Key.StartsWith('@')).Key is { } unknown)
            return (null, GraphAnswer.NotSimulated(request, $"the member {unknown} of a subscription"));
        if (body.FirstOrDefault(member => member.Value is not null && member.Value.GetValueKind() != JsonValueKind.String).Key is { } wrong)
            return (null, Invalid($"{wrong} has to be text."));

        var changeTypes = Text(body, "changeType")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (changeTypes is not { Length: > 0 } || changeTypes.Except(ChangeTypes, StringComparer.OrdinalIgnoreCase).Any())
            return (null, Invalid("changeType is one or more of created, updated and deleted."));
        if (Text(body, "notificationUrl") is not { } url || !IsAddress(url))
            return (null, Invalid("notificationUrl has to be an https address; http is taken for this machine only."));
        if (Text(body, "lifecycleNotificationUrl") is { } lifecycle && !IsAddress(lifecycle))
            return (null, Invalid("lifecycleNotificationUrl has to be an https address; http is taken for this machine only."));
        if (Text(body, "clientState") is { Length: > 128 })
            return (null, Invalid("clientState has at most 128 characters."));
        if (Text(body, "latestSupportedTlsVersion") is { } tls && !TlsVersions.Contains(tls))
            return (null, Invalid($"latestSupportedTlsVersion {tls} is not known."));
        if (ReadExpiration(body, out var expiration) is { } badExpiration)
            return (null, badExpiration);
        if (Text(body, "resource") is not { } resource)
            return (null, Invalid("resource is required."));

        var (user, folder, refused) = ReadResource(request, resource);
        if (refused is not null)
            return (null, refused);

        return (new Subscription(
            Guid.NewGuid(), resource, user, folder, [.. changeTypes.Select(type => type.ToLowerInvariant())], Text(body, "changeType")!, url,
            Text(body, "lifecycleNotificationUrl"), Text(body, "clientState"), expiration, request.Caller.ApplicationId,
            request.Caller.ObjectId, Text(body, "latestSupportedTlsVersion") ?? "v1_2", request.Prefer.ImmutableIds), null);
    }

    private (Guid User, string? Folder, GraphAnswer? Refused) ReadResource(GraphRequest request, string resource)
    {
        if (resource.Contains("://", StringComparison.Ordinal))
            return (default, null, Invalid("resource is a path without a base address."));

        var path = GraphRequest.From("GET", "/" + resource.TrimStart('/'), request.Root, _ => null, null);
        if (path.QueryText.Length > 0)
            return (default, null, GraphAnswer.NotSimulated(request, $"a query in the resource {resource}"));

        string? named;
        int at;
        switch (path.Word(0))
        {
            case "users" when path.Segments.Count > 1:
                (named, at) = (path.Segments[1], 2);
                break;
            case "me":
                (named, at) = (request.Caller.User?.ToString(), 1);
                break;
            default:
                return (default, null, GraphAnswer.NotSimulated(request, $"the resource {resource}"));
        }

        var inFolder = path.Word(at) == "mailfolders" && path.Segments.Count == at + 3 && path.Word(at + 2) == "messages";
        if (!inFolder && !(path.Word(at) == "messages" && path.Segments.Count == at + 1))
            return (default, null, GraphAnswer.NotSimulated(request, $"the resource {resource}"));
        if (!request.Caller.May("Mail.ReadBasic", "Mail.Read"))
            return (default, null, GraphAnswer.AccessDenied());

        return world.Read<(Guid, string?, GraphAnswer?)>(it =>
        {
            if (named is null || !it.TryFindUser(named, out var user))
                return (default, null, GraphAnswer.Error(404, "ResourceNotFound", $"The mailbox {named} was not found."));
            if (request.Caller.User is { } own && own != user.Id)
                return (default, null, GraphAnswer.AccessDenied());
            if (GraphAnswer.Unreachable(it.MailboxOf(user.Id).State, request.Caller) is { } unreachable)
                return (default, null, unreachable);

            var folder = inFolder ? it.MailboxOf(user.Id).FolderOf(path.Segments[at + 1]) : null;
            return inFolder && folder is null ? (default, null, GraphAnswer.ItemNotFound()) : (user.Id, folder, null);
        });
    }

    private async Task<GraphAnswer> RenewAsync(GraphRequest request, Subscription found, CancellationToken ct)
    {
        if (request.Body is not JsonObject body)
            return Invalid("A JSON body is required.");
        if (body.FirstOrDefault(member => member.Key is not ("expirationDateTime" or "notificationUrl") && !member.Key.StartsWith('@')).Key is { } fixedMember)
            return Invalid($"{fixedMember} cannot be changed after a subscription is made.");

        var renewed = found;
        if (body.ContainsKey("expirationDateTime") || !body.ContainsKey("notificationUrl"))
        {
            if (ReadExpiration(body, out var expiration) is { } refused)
                return refused;
            renewed = renewed with { ExpirationDateTime = expiration };
        }

        if (body.ContainsKey("notificationUrl"))
        {
            if (Text(body, "notificationUrl") is not { } url || !IsAddress(url))
                return Invalid("notificationUrl has to be an https address; http is taken for this machine only.");
            if (await handshake.ProblemAsync(url, ct) is { } problem)
                return GraphAnswer.Error(400, "ValidationError", problem);
            renewed = renewed with { NotificationUrl = url };
        }

        return world.Write(it =>
        {
            if (!it.TryFindSubscription(found.Id, out _))
                return NotFound(found.Id.ToString());

            it.Record(new SubscriptionSaved(renewed));
            return new GraphAnswer(200, Entity(request, renewed));
        });
    }

    private GraphAnswer End(Subscription found) => world.Write(it =>
    {
        if (!it.TryFindSubscription(found.Id, out _))
            return NotFound(found.Id.ToString());

        it.Record(new SubscriptionEnded(found.Id));
        return new GraphAnswer(204);
    });

    private GraphAnswer List(GraphRequest request)
    {
        if (request.Query.Keys.FirstOrDefault(name => !name.Equals("skiptoken", StringComparison.OrdinalIgnoreCase)) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} in a list of subscriptions");

        // By id, and on from an id: what is made or ended between two pages does not shift the rest.
        var after = Guid.Empty;
        if (request.Query.TryGetValue("skiptoken", out var token) && !Guid.TryParse(token, out after))
            return GraphAnswer.BadRequest("The skip token is not one of ours.");

        return world.Read(it =>
        {
            var page = it.Subscriptions.Where(subscription => subscription.Id.CompareTo(after) > 0 && IsVisible(it, request, subscription))
                .OrderBy(subscription => subscription.Id).Take(PageSize + 1).ToList();
            var body = new JsonObject
            {
                ["@odata.context"] = $"{request.Root}/$metadata#subscriptions",
                ["value"] = new JsonArray([.. page.Take(PageSize).Select(subscription => Draw(subscription, withClientState: false))]),
            };
            if (page.Count > PageSize)
                body["@odata.nextLink"] = $"{request.Root}/subscriptions?$skiptoken={page[PageSize - 1].Id}";
            return new GraphAnswer(200, body);
        });
    }

    private Subscription? Find(GraphRequest request, Guid id) => world.Read(it =>
        it.TryFindSubscription(id, out var found) && IsVisible(it, request, found) ? found : null);

    private static bool IsVisible(TenantWorld it, GraphRequest request, Subscription subscription) =>
        subscription.ApplicationId == request.Caller.ApplicationId
        && (request.Caller.User is null || subscription.CreatorId == request.Caller.ObjectId)
        && subscription.ExpirationDateTime > it.Clock.GetUtcNow();

    private static bool IsTaken(TenantWorld it, Subscription wanted) => it.SubscriptionsOf(wanted.User).Any(other =>
        other.ApplicationId == wanted.ApplicationId
        && other.Folder == wanted.Folder
        && other.ChangeTypes.ToHashSet().SetEquals(wanted.ChangeTypes)
        && other.ExpirationDateTime > it.Clock.GetUtcNow());

    private GraphAnswer? ReadExpiration(JsonObject body, out DateTimeOffset expiration)
    {
        expiration = default;
        if (Text(body, "expirationDateTime") is not { } text
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out expiration))
            return Invalid("expirationDateTime is required and is an ISO 8601 instant.");

        var now = world.Clock.GetUtcNow();
        if (expiration <= now)
            return Invalid("Subscription expiration has to be in the future.");
        if (expiration > now + Longest)
            return Invalid($"Subscription expiration can only be {Longest.TotalMinutes} minutes in the future.");

        if (expiration < now + Shortest)
            expiration = now + Shortest;
        return null;
    }

    /// <summary>Graph itself takes https only; this machine is excepted, as everything runs on it.</summary>
    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static JsonObject Entity(GraphRequest request, Subscription subscription, bool withClientState = false)
    {
        var drawn = Draw(subscription, withClientState);
        drawn.Insert(0, "@odata.context", $"{request.Root}/$metadata#subscriptions/$entity");
        return drawn;
    }

    internal static JsonObject Draw(Subscription subscription, bool withClientState) => new()
    {
        ["id"] = subscription.Id.ToString(),
        ["resource"] = subscription.Resource,
        ["applicationId"] = subscription.ApplicationId,
        ["changeType"] = subscription.ChangeType,
        ["clientState"] = withClientState ? subscription.ClientState : null,
        ["notificationUrl"] = subscription.NotificationUrl,
        ["lifecycleNotificationUrl"] = subscription.LifecycleNotificationUrl,
        ["expirationDateTime"] = GraphTime.Ticks(subscription.ExpirationDateTime),
        ["creatorId"] = subscription.CreatorId,
        ["latestSupportedTlsVersion"] = subscription.LatestSupportedTlsVersion,
        ["notificationContentType"] = "application/json",
    };

    private static GraphAnswer Invalid(string message) => GraphAnswer.Error(400, "InvalidRequest", message);

    private static GraphAnswer Taken() =>
        GraphAnswer.Error(409, "Conflict", "A subscription of this application for this resource and change type exists already.");

    private static GraphAnswer NotFound(string id) =>
        GraphAnswer.Error(404, "ResourceNotFound", $"The subscription {id} was not found.");

    private static string? Text(JsonObject body, string member) =>
        body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
