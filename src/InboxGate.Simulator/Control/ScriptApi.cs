using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Clock;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.Notifications;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>Time, failures, and what can be seen of them: for demos and tests.</summary>
internal sealed class ScriptApi(TenantWorld world, FaultPlan faults, RequestLog log, NotificationSender notifications, NewsStream news)
{
    private static readonly string[] LifecycleEvents = ["reauthorizationRequired", "subscriptionRemoved", "missed"];

    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/clock", () => Reply.Json(new JsonObject { ["now"] = GraphTime.Ticks(world.Clock.GetUtcNow()) }));
        sim.MapPost("/clock", MoveClock);
        sim.MapGet("/faults", ShowFaults);
        sim.MapPost("/faults", AddFault);
        sim.MapDelete("/faults", () =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        sim.MapGet("/requests", Requests);
        sim.MapGet("/requests/counts", Counts);
        sim.MapDelete("/requests", () =>
        {
            log.Clear();
            return Results.NoContent();
        });
        sim.MapGet("/subscriptions", Subscriptions);
        sim.MapPost("/lifecycle", TellLifecycle);
        sim.MapGet("/events", (HttpContext context) => news.SendAsync(context));
    }

    private async Task<IResult> MoveClock(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "now");
        var now = input.Instant("now");
        if (now.Year is < 2000 or > 2100)
            throw Refusal.Invalid("now has to lie between the years 2000 and 2100.");

        world.Write(it => it.Record(new ClockMoved(SimulatorClock.OffsetTo(now))));
        world.Clock.TellMoved();
        return Reply.Json(new JsonObject { ["now"] = GraphTime.Ticks(world.Clock.GetUtcNow()) });
    }

    /// <summary>GET /sim/faults: <c>toCome</c>, in order, and under <c>used</c> how often each kind has struck since the start.</summary>
    private IResult ShowFaults() => Reply.Json(new JsonObject
    {
        ["toCome"] = new JsonArray([.. faults.ToCome().Select(Draw)]),
        ["used"] = new JsonObject(faults.Used().Select(entry => KeyValuePair.Create<string, JsonNode?>(Input.Camel(entry.Kind), entry.Times))),
    });

    private static JsonObject Draw((Fault Fault, int Left) entry) => new()
    {
        ["kind"] = Input.Camel(entry.Fault.Kind),
        ["match"] = entry.Fault.Match,
        ["user"] = entry.Fault.User?.ToString(),
        ["method"] = entry.Fault.Method,
        ["times"] = entry.Left,
        ["status"] = entry.Fault.Status,
        ["code"] = entry.Fault.Code,
        ["retryAfter"] = entry.Fault.RetryAfter,
        ["delaySeconds"] = entry.Fault.DelaySeconds,
        ["batch"] = entry.Fault.Batch,
        ["location"] = entry.Fault.Location,
    };

    /// <summary>
    /// POST /sim/faults {kind?, times?, match?, method?, user?, batch?, status?, code?, retryAfter?, delaySeconds?, location?}:
    /// for the next <c>times</c> requests whose path holds, or matches, <c>match</c>, of one <c>user</c>'s mailbox, mail or
    /// token where named, in batches only or not at all in them. <c>status</c> and <c>code</c> choose an answer, a refused
    /// delta link (<c>resync</c>, with a <c>location</c> to begin again at if wished) or Entra's refusal (<c>token</c>, by
    /// its AADSTS number). A kind that changes what a page lists waits for a page that it can change.
    /// </summary>
    private async Task<IResult> AddFault(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "match", "user", "method", "times", "status", "code", "retryAfter", "delaySeconds", "kind", "batch", "location");
        var delay = input.OptionalNumber("delaySeconds") ?? 0;
        if (delay is < 0 or > 600)
            throw Refusal.Invalid("delaySeconds is 0 to 600.");

        var status = input.OptionalWhole("status");
        if (status is < 400 or > 599)
            throw Refusal.Invalid("status is 400 to 599.");

        var times = input.OptionalWhole("times") ?? 1;
        if (times is < 1 or > 1_000_000)
            throw Refusal.Invalid("times is 1 to 1000000.");

        var user = input.OptionalText("user") is { } named ? world.Read(it => Reply.KnownUser(it, named)).Id : (Guid?)null;
        var fault = new Fault(ReadKind(input, status, delay), input.OptionalText("match"), user, input.OptionalText("method"),
            (int?)status, input.OptionalText("code"), ReadRetryAfter(input), delay,
            input.OptionalFlag("batch"), input.OptionalFlag("location") ?? false);
        faults.Add(fault, (int)times);
        return Results.Json(new JsonObject { ["kind"] = Input.Camel(fault.Kind), ["times"] = times }, statusCode: StatusCodes.Status201Created);
    }

    private static FaultKind ReadKind(Input input, long? status, double delay)
    {
        if (input.Has("kind"))
            return input.Choice<FaultKind>("kind");

        return status is null && delay > 0 ? FaultKind.Delay : FaultKind.Status;
    }

    private static string? ReadRetryAfter(Input input) => input.Raw("retryAfter") switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var seconds) && seconds >= 0 => seconds.ToString(CultureInfo.InvariantCulture),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length is > 0 and < 100 && !text.Any(char.IsControl) => text,
        _ => throw Refusal.Invalid("retryAfter is a number of seconds or the text of an HTTP date."),
    };

    /// <summary>GET /sim/requests?user=&amp;kind=: all that is remembered, oldest first, or a user's, or those of a kind.</summary>
    private IResult Requests(string? user, string? kind)
    {
        var address = user is null ? null : world.Read(it => Reply.KnownUser(it, user)).Address;

        // Written as they are and not as JSON nodes: there may be very many.
        return Results.Json(log.All()
            .Where(request => (address is null || request.User == address) && (kind is null || Input.Camel(request.Kind) == kind))
            .Select(request => new
            {
                request.Method,
                request.Path,
                request.Query,
                request.User,
                request.Status,
                At = GraphTime.Ticks(request.At),
                request.Prefer,
                request.Batch,
                request.Kind,
            }));
    }

    /// <summary>GET /sim/requests/counts: how many since the log was cleared, by user, kind and status.</summary>
    private IResult Counts() => Results.Json(log.Counts());

    private IResult Subscriptions() => world.Read(it => Reply.Json(new JsonArray([.. it.Subscriptions.Select(subscription =>
    {
        var drawn = SubscriptionRoutes.Draw(subscription, withClientState: true);
        drawn["user"] = it.TryFindUser(subscription.User.ToString(), out var user) ? user.Address : null;
        return drawn;
    })])));

    private async Task<IResult> TellLifecycle(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "event");
        var lifecycleEvent = input.Text("event");
        if (!LifecycleEvents.Contains(lifecycleEvent))
            throw Refusal.Invalid($"event is one of {string.Join(", ", LifecycleEvents)}.");

        var told = world.Read(it =>
        {
            var user = Reply.KnownUser(it, input.Text("user"));
            return it.Subscriptions.Where(subscription => subscription.User == user.Id).ToList();
        });
        foreach (var subscription in told)
            notifications.TellLifecycle(subscription, lifecycleEvent);
        return Reply.Json(new JsonObject { ["told"] = told.Count });
    }
}
