using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Control;
using InboxGate.Simulator.Entra;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.Notifications;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>
/// The order in which a request to Graph is answered: throttling, scripted fault, token, then the resource itself.
/// Items of a batch go the same way, one by one.
/// </summary>
internal sealed class GraphService(
    SimulatorOptions options, TenantWorld world, TokenMint mint, FaultPlan faults, RequestLog log, SubscriptionRoutes subscriptions)
{
    private readonly ConcurrentDictionary<Guid, int> running = new();
    private readonly Challenges challenges = new();

    public async Task<Outcome> AnswerAsync(GraphRequest request, bool inBatch, CancellationToken ct)
    {
        var (token, problem) = await ReadTokenAsync(request);
        request.Caller = token ?? Caller.Nobody;
        var user = FindUser(request);
        var outcome = new Outcome(new GraphAnswer(503), OutcomeKind.Cut);
        var entered = false;
        try
        {
            if (options.MailboxConcurrency > 0 && user is not null && !request.IsBatch)
            {
                entered = true;
                if (running.AddOrUpdate(user.Id, 1, (_, count) => count + 1) > options.MailboxConcurrency)
                {
                    outcome = new Outcome(GraphAnswer.Error(429, "MailboxConcurrency", "Application is over its MailboxConcurrency limit.").With("Retry-After", "1"));
                    return outcome;
                }
            }

            var fault = faults.TakeForGraph(request.Method, FaultPath(request), user?.Id, inBatch);
            if (fault is { DelaySeconds: > 0 })
                await Task.Delay(TimeSpan.FromSeconds(fault.DelaySeconds), ct);

            if (fault?.Kind is FaultKind.Claims)
                challenges.Raise(request.Caller.ObjectId, fault.User);
            outcome = Scripted(fault, request) ?? new Outcome(await PlainAnswerAsync(request, token, problem, user, inBatch, ct));
            if (fault?.Kind is FaultKind.Truncate)
                outcome = outcome with { Kind = OutcomeKind.Truncated };
            return outcome;
        }
        finally
        {
            if (entered)
                running.AddOrUpdate(user!.Id, 0, (_, count) => count - 1);
            Finish(request, outcome, user, inBatch);
        }
    }

    /// <summary>Matches and logs see the path as it reads, not as it is escaped.</summary>
    private static string FaultPath(GraphRequest request) => Uri.UnescapeDataString($"/v1.0{request.Path}{request.QueryText}");

    private static Outcome? Scripted(Fault? fault, GraphRequest request) => fault?.Kind switch
    {
        null or FaultKind.Delay or FaultKind.Truncate or FaultKind.Claims => null,
        FaultKind.Abort => new Outcome(new GraphAnswer(503), OutcomeKind.Cut),
        FaultKind.Html => new Outcome(WithRetryAfter(fault, new GraphAnswer(fault.Status ?? 503)
        {
            Html = "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h2>Our services aren't available right now</h2></body></html>",
        })),
        FaultKind.ExpiredDelta => new Outcome(GraphAnswer.SyncStateNotFound()),
        FaultKind.Resync => new Outcome(ResyncAnswer(fault, request)),
        FaultKind.EmptyPage => new Outcome(new GraphAnswer(200, new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#Collection(message)",
            ["@odata.nextLink"] = $"{request.Root}{request.Path}{request.QueryText}",
            ["value"] = new JsonArray(),
        })),
        _ => new Outcome(WithRetryAfter(fault, StatusAnswer(fault))),
    };

    private static GraphAnswer ResyncAnswer(Fault fault, GraphRequest request)
    {
        var answer = GraphAnswer.Error(fault.Status ?? 410, fault.Code ?? "syncStateNotFound", "Resynchronization required. Start again without a token.");
        return fault.Location && (ContactDelta.Is(request) ? ContactDelta.FreshStart(request) : DeltaRoute.FreshStart(request)) is { } fresh ? answer.With("Location", fresh) : answer;
    }

    private static GraphAnswer Challenge()
    {
        var since = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var claims = new JsonObject
        {
            ["access_token"] = new JsonObject { ["nbf"] = new JsonObject { ["essential"] = true, ["value"] = since } },
        };
        return GraphAnswer.Error(401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge.")
            .With("WWW-Authenticate", "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                + $"error=\"insufficient_claims\", claims=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims.ToJsonString()))}\"");
    }

    private static GraphAnswer StatusAnswer(Fault fault)
    {
        var status = fault.Status ?? 503;
        var (code, message) = status switch
        {
            401 => ("InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
            403 => ("ErrorAccessDenied", "Access to OData is disabled."),
            404 => ("MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
            410 => ("syncStateNotFound", "The sync state generation is not found. Start again without a token."),
            429 => ("TooManyRequests", "Too many requests."),
            503 => ("ErrorServerBusy", "The server is busy. Try again later."),
            504 => ("UnknownError", "The gateway did not answer in time."),
            _ => ("UnknownError", "A scripted failure."),
        };
        return GraphAnswer.Error(status, fault.Code ?? code, message);
    }

    private static GraphAnswer WithRetryAfter(Fault fault, GraphAnswer answer) =>
        fault.RetryAfter is null ? answer : answer.With("Retry-After", fault.RetryAfter);

    private async Task<GraphAnswer> PlainAnswerAsync(GraphRequest request, Caller? caller, string? problem, SimulatedUser? user, bool inBatch, CancellationToken ct)
    {
        if (caller is null)
        {
            return GraphAnswer.Error(401, "InvalidAuthenticationToken", problem!)
                .With("WWW-Authenticate", "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"");
        }

        if (challenges.StandAgainst(caller.ObjectId, user?.Id, caller.TokenIssuedAt))
            return Challenge();
        if (request.IsBatch)
            return request.Method == "POST" ? await Batch.AnswerAsync(request, item => AnswerAsync(item, inBatch: true, ct)) : GraphAnswer.NotSimulated(request);
        if (request.Word(0) == "subscriptions")
            return await subscriptions.AnswerAsync(request, ct);

        var applied = world.Write(it =>
        {
            var answer = Route(request, it, user);
            if (user is not null && answer is { Status: 200, Body: JsonObject body } && body["value"] is JsonArray items)
                faults.StrikeItems(request.Method, FaultPath(request), user.Id, inBatch, kind => ItemFaults.Strike(kind, request, items, it, user));
            return answer;
        });
        if (request.Prefer.Applied is { } preferences && applied.Status < 300)
            applied.With("Preference-Applied", preferences);
        return applied;
    }

    private GraphAnswer Route(GraphRequest request, TenantWorld it, SimulatedUser? user)
    {
        var isRead = request.Method == "GET";
        switch (request.Word(0))
        {
            case "organization" when isRead && request.Segments.Count == 1:
                return DirectoryRoutes.Organization(request, it, options.TenantId);
            case "domains" when isRead && request.Segments.Count == 1:
                return DirectoryRoutes.Domains(request, it);
            case "applications":
                return ApplicationRoutes.Answer(request, it);
            case "serviceprincipals":
                return ServicePrincipalRoutes.Answer(request, it, options.TenantId);
            case "oauth2permissiongrants":
                return PermissionGrantRoutes.Answer(request, it);
            case "users" when isRead && request.Segments.Count == 1:
                return DirectoryRoutes.Users(request, it);
            case "users" when request.Segments.Count > 1:
                return user is null ? GraphAnswer.UserNotFound(request.Segments[1]) : OfUser(request, it, user, 2);
            case "me" when request.Caller.User is null:
                return GraphAnswer.BadRequest("/me request is only valid with delegated authentication flow.");
            case "me":
                return user is null ? GraphAnswer.UserNotFound("me") : OfUser(request, it, user, 1);
            default:
                return GraphAnswer.NotSimulated(request);
        }
    }

    private static GraphAnswer OfUser(GraphRequest request, TenantWorld it, SimulatedUser user, int at)
    {
        var isRead = request.Method == "GET";
        var isLast = request.Segments.Count == at + 1;
        var state = it.MailboxOf(user.Id).State;
        var isOfDirectory = request.Segments.Count == at || request.Word(at) is "manager" or "directreports";
        if (state is MailboxState.Deleted)
            return isOfDirectory ? GraphAnswer.UserNotFound(user.Id.ToString()) : GraphAnswer.MailboxNotFound();
        if (isRead && request.Segments.Count == at)
            return DirectoryRoutes.User(request, user);
        if (isRead && isLast && request.Word(at) == "manager")
            return DirectoryRoutes.Manager(request, it, user);
        if (isRead && isLast && request.Word(at) == "directreports")
            return DirectoryRoutes.DirectReports(request, it, user);

        // Beyond the directory lies the mailbox, which a delegated token opens for its own user only.
        if (request.Caller.User is { } own && own != user.Id)
            return GraphAnswer.AccessDenied();
        if (GraphAnswer.Unreachable(state, request.Caller) is { } unreachable)
            return unreachable;
        if (isRead && isLast && request.Word(at) == "mailboxsettings")
            return DirectoryRoutes.MailboxSettings(request, user);
        if (request.Word(at) == "outlook" && request.Word(at + 1) == "mastercategories" && request.Segments.Count is var count && count - at is 2 or 3)
            return CategoryRoutes.Answer(request, it, user, count - at == 3 ? request.Segments[at + 2] : null);

        if (ContactRoutes.Knows(request, at))
            return ContactRoutes.Answer(request, it, user, at);

        return MailRoutes.Answer(request, it, user, at);
    }

    private SimulatedUser? FindUser(GraphRequest request)
    {
        var named = request.Word(0) switch
        {
            "users" when request.Segments.Count > 1 => request.Segments[1],
            "me" => request.Caller.User?.ToString(),
            _ => null,
        };
        return named is null ? null : world.Read(it => it.TryFindUser(named, out var user) ? user : null);
    }

    private async Task<(Caller? Caller, string? Problem)> ReadTokenAsync(GraphRequest request)
    {
        const string Scheme = "Bearer ";
        if (request.Authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return (null, "Access token is empty.");

        var (token, problem) = await mint.CheckForGraphAsync(request.Authorization[Scheme.Length..].Trim());
        return token is not null
            ? (Caller.From(token).As(world.Read(it => it.Permissions)), null)
            : (null, problem?.GetType().Name switch
            {
                "SecurityTokenExpiredException" => "Lifetime validation failed, the token is expired.",
                "SecurityTokenInvalidAudienceException" => "Access token validation failure. Invalid audience.",
                _ => "CompactToken parsing failed or its signature is invalid.",
            });
    }

    private void Finish(GraphRequest request, Outcome outcome, SimulatedUser? user, bool inBatch)
    {
        var requestId = Guid.NewGuid().ToString();
        outcome.Answer.Sign(requestId, request.ClientRequestId, TimeProvider.System.GetUtcNow());
        outcome.Answer.With("request-id", requestId).With("client-request-id", request.ClientRequestId ?? requestId);
        log.Add(new LoggedRequest(
            request.Method,
            Uri.UnescapeDataString("/v1.0" + request.Path),
            Uri.UnescapeDataString(request.QueryText),
            user?.Address,
            outcome.Kind is OutcomeKind.Cut ? 0 : outcome.Answer.Status,
            world.Clock.GetUtcNow(),
            request.Prefer.Applied,
            inBatch,
            request.Kind));
    }
}

internal enum OutcomeKind
{
    Whole,
    Truncated,
    Cut,
}

/// <summary>An answer and whether it reaches the caller whole, in half, or not at all.</summary>
internal sealed record Outcome(GraphAnswer Answer, OutcomeKind Kind = OutcomeKind.Whole);
