using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Clock;
using InboxGate.Simulator.Entra;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.Notifications;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>Everything under /sim: how a demo or a test sets the scene and looks behind it.</summary>
internal sealed class ControlApi(
    SimulatorOptions options, TenantWorld world, TokenMint mint, FaultPlan faults, RequestLog log, NotificationSender notifications, NewsStream news)
{
    private static readonly string[] LifecycleEvents = ["reauthorizationRequired", "subscriptionRemoved", "missed"];

    public void Map(IEndpointRouteBuilder app)
    {
        var sim = app.MapGroup("/sim");
        sim.MapGet("/tenant", Tenant);
        sim.MapPost("/tenant", ChangeTenant);
        sim.MapGet("/users", Users);
        sim.MapPost("/users", SaveUser);
        sim.MapPost("/messages", (HttpRequest request) => Deliver(request, Folders.Inbox));
        sim.MapPost("/sent", (HttpRequest request) => Deliver(request, Folders.SentItems));
        sim.MapDelete("/messages/{**id}", Delete);
        sim.MapPost("/moves", Move);
        sim.MapGet("/mailbox", Mailbox);
        sim.MapPost("/tokens", Token);
        sim.MapPost("/certificates", RegisterCertificate);
        sim.MapGet("/clock", () => Json(new JsonObject { ["now"] = Instant(world.Clock.GetUtcNow()) }));
        sim.MapPost("/clock", MoveClock);
        sim.MapGet("/faults", ShowFaults);
        sim.MapPost("/faults", AddFault);
        sim.MapDelete("/faults", () =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        sim.MapGet("/requests", Requests);
        sim.MapDelete("/requests", () =>
        {
            log.Clear();
            return Results.NoContent();
        });
        sim.MapGet("/subscriptions", Subscriptions);
        sim.MapPost("/lifecycle", TellLifecycle);
        sim.MapGet("/events", (HttpContext context) => news.SendAsync(context));
    }

    private IResult Tenant() => world.Read(it => Json(Drawn(it)));

    private async Task<IResult> ChangeTenant(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "domains", "holidays");
        var domains = input.OptionalTexts("domains")?.Select(domain => domain.Trim().ToLowerInvariant()).Distinct().ToList();
        if (domains?.Count == 0 || domains?.Exists(domain => Uri.CheckHostName(domain) != UriHostNameType.Dns) == true)
            throw Refusal.Invalid("domains has to be a list of one or more domain names, such as contoso.com.");

        var holidays = input.OptionalArray("holidays");
        if (holidays?.FirstOrDefault(day => !IsHoliday(day)) is { } wrong)
            throw Refusal.Invalid($"{wrong.ToJsonString()} is not a holiday: write \"2026-12-25\" or {{\"date\": \"2026-12-25\", \"name\": \"…\"}}.");

        return world.Write(it =>
        {
            it.Record(new TenantChanged(domains ?? it.Domains, (JsonArray)(holidays ?? it.Holidays).DeepClone()));
            return Json(Drawn(it));
        });
    }

    private JsonObject Drawn(TenantWorld it) => new()
    {
        ["id"] = options.TenantId.ToString(),
        ["domains"] = Texts(it.Domains),
        ["holidays"] = it.Holidays.DeepClone(),
    };

    private static bool IsHoliday(JsonNode? day)
    {
        var date = day is JsonObject named ? named["date"] : day;
        return date is JsonValue value && value.TryGetValue<string>(out var text)
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private IResult Users() => world.Read(it => Json(new JsonArray([.. it.Users.OrderBy(user => user.Address, StringComparer.Ordinal).Select(user => new JsonObject
    {
        ["id"] = user.Id.ToString(),
        ["user"] = user.Address,
        ["name"] = user.Name,
        ["timeZone"] = user.TimeZone,
        ["workingHours"] = new JsonObject { ["start"] = Time(user.WorkStart), ["end"] = Time(user.WorkEnd) },
        ["workingDays"] = Texts(user.WorkingDays),
        ["manager"] = user.Manager,
        ["aliases"] = Texts(user.Aliases),
        ["automaticReplies"] = user.AutomaticReplies,
    })])));

    private async Task<IResult> SaveUser(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "name", "timeZone", "workingHours", "workingDays", "manager", "aliases", "automaticReplies");
        var address = input.Address("user");
        var name = input.OptionalText("name")?.Trim();
        if (name is { Length: 0 or > 256 })
            throw Refusal.Invalid("name has to have 1 to 256 characters.");

        var zone = input.OptionalText("timeZone");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw Refusal.Invalid($"timeZone {zone} is neither an IANA nor a Windows time zone.");

        var days = input.OptionalTexts("workingDays")?.Select(day => day.ToLowerInvariant()).Distinct().ToList();
        if (days?.Find(day => !SimulatedUser.AllDays.Contains(day)) is { } unknown)
            throw Refusal.Invalid($"workingDays names {unknown}; a day is one of {string.Join(", ", SimulatedUser.AllDays)}.");

        var (start, end) = ReadHours(input);
        var aliases = input.OptionalTexts("aliases")?.Select(alias => alias.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (aliases?.Find(alias => !Input.IsAddress(alias)) is { } badAlias)
            throw Refusal.Invalid($"aliases names {badAlias}, which is no mail address.");

        var manager = input.Has("manager") ? input.Address("manager") : null;
        if (manager is not null && manager.Equals(address, StringComparison.OrdinalIgnoreCase))
            throw Refusal.Invalid("manager has to be somebody else.");
        var automaticReplies = input.OptionalFlag("automaticReplies");

        return world.Write(it =>
        {
            foreach (var other in (aliases ?? []).Prepend(address))
            {
                if (it.TryFindUser(other, out var owner) && owner.Id != SimulatedUser.IdOf(address))
                    throw new Refusal(409, "address-taken", $"{other} is an address of {owner.Address}.");
            }

            // Named before they were posted: they are created, to be filled in later.
            if (manager is not null && !it.TryFindUser(manager, out _))
                it.Record(new UserSaved(SimulatedUser.New(manager)));

            var known = it.TryFindUser(address, out var before) ? before : SimulatedUser.New(address);
            var saved = known with
            {
                Name = name ?? known.Name,
                TimeZone = zone ?? known.TimeZone,
                WorkStart = start ?? known.WorkStart,
                WorkEnd = end ?? known.WorkEnd,
                WorkingDays = days ?? known.WorkingDays,
                Manager = manager ?? known.Manager,
                Aliases = aliases ?? known.Aliases,
                AutomaticReplies = automaticReplies ?? known.AutomaticReplies,
            };
            it.Record(new UserSaved(saved));
            return Json(new JsonObject { ["id"] = saved.Id.ToString() });
        });
    }

    private static (TimeOnly? Start, TimeOnly? End) ReadHours(Input input)
    {
        if (!input.Has("workingHours"))
            return (null, null);

        var hours = input.Object("workingHours");
        var start = ReadTime(hours["start"], "workingHours.start");
        var end = ReadTime(hours["end"], "workingHours.end");
        return start == end ? throw Refusal.Invalid("workingHours has to end at another time than it starts.") : (start, end);
    }

    private static TimeOnly ReadTime(JsonNode? node, string name) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
            && TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Refusal.Invalid($"{name} has to be a time of day, such as 08:00.");

    private async Task<IResult> Deliver(HttpRequest request, string folder)
    {
        var input = await Input.ReadAsync(request, "user", "message");
        var message = input.Object("message");
        if (MessageFilling.Problem(message) is { } problem)
            throw Refusal.Invalid($"message: {problem}");

        return world.Write(it =>
        {
            var user = Known(it, input.Text("user"));
            var mailbox = it.MailboxOf(user.Id);
            var id = message["id"]?.ToString() is { Length: > 0 } given ? given : mailbox.NextItemId;
            if (mailbox.HasEverHeld(id))
                throw new Refusal(409, "id-taken", $"The mailbox already holds a message with the id {id}; leave id out to have one made.");

            var filled = MessageFilling.Fill(message, user, mailbox, folder == Folders.SentItems, it.Clock.GetUtcNow());
            var item = it.Record(new ItemAdded(user.Id, folder, id, filled))!;
            return Results.Json(Whole(item, user.Id), statusCode: StatusCodes.Status201Created);
        });
    }

    private IResult Delete(HttpContext context, string? user)
    {
        // From the request line: the decoded route value no longer tells an escaped slash from a real one.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var id = Uri.UnescapeDataString(target["/sim/messages/".Length..]);
        return world.Write(it =>
        {
            var owner = Known(it, user ?? throw Refusal.Invalid("user is required: DELETE /sim/messages/{internetMessageId}?user=…"));
            var mailbox = it.MailboxOf(owner.Id);
            var all = WithId(mailbox, id).ToList();
            var inInbox = all.FindAll(item => item.Folder == Folders.Inbox);
            if (all.Count == 0)
                throw Refusal.UnknownMessage(id);

            foreach (var item in inInbox.Count > 0 ? inInbox : all)
                it.Record(new ItemDeleted(owner.Id, item.Id));
            return Results.NoContent();
        });
    }

    private async Task<IResult> Move(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "internetMessageId", "folder");
        var id = input.Text("internetMessageId");
        var folder = Folders.Normalise(input.Text("folder"));
        if (folder.Length is 0 or > 100 || folder.Any(letter => char.IsControl(letter) || letter is '/' or '\''))
            throw Refusal.Invalid("folder has to be a folder's name, such as archive, deleteditems or inbox.");

        return world.Write(it =>
        {
            var user = Known(it, input.Text("user"));
            var mailbox = it.MailboxOf(user.Id);
            folder = mailbox.FolderOf(folder) ?? folder;
            var elsewhere = WithId(mailbox, id).Where(item => item.Folder != folder).ToList();
            var item = elsewhere.Find(found => found.Folder == Folders.Inbox) ?? elsewhere.FirstOrDefault();
            if (item is null)
            {
                var alreadyThere = WithId(mailbox, id).FirstOrDefault() ?? throw Refusal.UnknownMessage(id);
                return Results.Json(Whole(alreadyThere, user.Id));
            }

            it.Record(new ItemMoved(user.Id, item.Id, folder, it.Clock.GetUtcNow()));
            return Results.Json(Whole(item, user.Id));
        });
    }

    private IResult Mailbox(string? user) => world.Read(it =>
    {
        var owner = Known(it, user ?? throw Refusal.Invalid("user is required: GET /sim/mailbox?user=…"));
        var mailbox = it.MailboxOf(owner.Id);
        return Json(new JsonObject { ["inbox"] = Newest(Folders.Inbox), ["sent"] = Newest(Folders.SentItems) });

        JsonArray Newest(string folder) => [.. mailbox.In(folder)
            .OrderByDescending(item => item.ReceivedAt).ThenByDescending(item => item.EnteredAt)
            .Select(item => Whole(item, owner.Id))];
    });

    private async Task<IResult> Token(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "roles", "audience", "tenant", "issuer", "scope", "expiresIn", "notBeforeIn");
        var wishes = new UserTokenWishes(
            input.OptionalTexts("roles") ?? [],
            input.OptionalText("scope") ?? "access_as_user",
            Seconds(input, "expiresIn") ?? 3600,
            Seconds(input, "notBeforeIn"),
            input.OptionalText("audience"),
            input.OptionalText("tenant"),
            input.OptionalText("issuer"));
        return world.Read(it => Json(new JsonObject { ["accessToken"] = mint.ForUser(Known(it, input.Text("user")), wishes) }));
    }

    private static long? Seconds(Input input, string member) =>
        input.OptionalWhole(member) is { } seconds && Math.Abs(seconds) > 315_360_000
            ? throw Refusal.Invalid($"{member} is a number of seconds within ten years.")
            : input.OptionalWhole(member);

    private async Task<IResult> RegisterCertificate(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "certificate");
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(input.Text("certificate"));
        }
        catch (CryptographicException)
        {
            throw Refusal.Invalid("certificate has to be a certificate in PEM form.");
        }

        using (certificate)
        {
            using var key = certificate.GetRSAPublicKey();
            if (key is null)
                throw Refusal.Invalid("certificate has to have an RSA key.");

            var pem = certificate.ExportCertificatePem();
            world.Write(it => it.Certificates.Contains(pem) ? null : it.Record(new CertificateRegistered(pem)));
            return Results.Json(new JsonObject { ["thumbprint"] = certificate.Thumbprint }, statusCode: StatusCodes.Status201Created);
        }
    }

    private async Task<IResult> MoveClock(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "now");
        var now = input.Instant("now");
        if (now.Year is < 2000 or > 2100)
            throw Refusal.Invalid("now has to lie between the years 2000 and 2100.");

        world.Write(it => it.Record(new ClockMoved(SimulatorClock.OffsetTo(now))));
        world.Clock.TellMoved();
        return Json(new JsonObject { ["now"] = Instant(world.Clock.GetUtcNow()) });
    }

    private IResult ShowFaults() => Json(new JsonArray([.. faults.ToCome().Select(entry => new JsonObject
    {
        ["kind"] = Camel(entry.Fault.Kind),
        ["match"] = entry.Fault.Match,
        ["user"] = entry.Fault.User?.ToString(),
        ["method"] = entry.Fault.Method,
        ["times"] = entry.Left,
        ["status"] = entry.Fault.Status,
        ["code"] = entry.Fault.Code,
        ["retryAfter"] = entry.Fault.RetryAfter,
        ["delaySeconds"] = entry.Fault.DelaySeconds,
    })]));

    private async Task<IResult> AddFault(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "match", "user", "method", "times", "status", "code", "retryAfter", "delaySeconds", "kind");
        var delay = input.OptionalNumber("delaySeconds") ?? 0;
        if (delay is < 0 or > 600)
            throw Refusal.Invalid("delaySeconds is 0 to 600.");

        var status = input.OptionalWhole("status");
        if (status is < 400 or > 599)
            throw Refusal.Invalid("status is 400 to 599.");

        var times = input.OptionalWhole("times") ?? 1;
        if (times is < 1 or > 1_000_000)
            throw Refusal.Invalid("times is 1 to 1000000.");

        var user = input.OptionalText("user") is { } named ? world.Read(it => Known(it, named)).Id : (Guid?)null;
        var fault = new Fault(ReadKind(input, status, delay), input.OptionalText("match"), user, input.OptionalText("method"),
            (int?)status, input.OptionalText("code"), ReadRetryAfter(input), delay);
        faults.Add(fault, (int)times);
        return Results.Json(new JsonObject { ["kind"] = Camel(fault.Kind), ["times"] = times }, statusCode: StatusCodes.Status201Created);
    }

    private static FaultKind ReadKind(Input input, long? status, double delay)
    {
        if (input.OptionalText("kind") is not { } kind)
            return status is null && delay > 0 ? FaultKind.Delay : FaultKind.Status;

        var known = Enum.GetValues<FaultKind>();
        return known.Any(value => Camel(value) == kind)
            ? known.First(value => Camel(value) == kind)
            : throw Refusal.Invalid($"kind is one of {string.Join(", ", known.Select(Camel))}.");
    }

    private static string? ReadRetryAfter(Input input) => input.Raw("retryAfter") switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var seconds) && seconds >= 0 => seconds.ToString(CultureInfo.InvariantCulture),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length is > 0 and < 100 && !text.Any(char.IsControl) => text,
        _ => throw Refusal.Invalid("retryAfter is a number of seconds or the text of an HTTP date."),
    };

    private IResult Requests() => Json(new JsonArray([.. log.All().Select(request => new JsonObject
    {
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["query"] = request.Query,
        ["user"] = request.User,
        ["status"] = request.Status,
        ["at"] = Instant(request.At),
        ["prefer"] = request.Prefer,
        ["batch"] = request.Batch,
    })]));

    private IResult Subscriptions() => world.Read(it => Json(new JsonArray([.. it.Subscriptions.Select(subscription =>
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
            var user = Known(it, input.Text("user"));
            return it.Subscriptions.Where(subscription => subscription.User == user.Id).ToList();
        });
        foreach (var subscription in told)
            notifications.TellLifecycle(subscription, lifecycleEvent);
        return Json(new JsonObject { ["told"] = told.Count });
    }

    private static SimulatedUser Known(TenantWorld it, string user) =>
        it.TryFindUser(user, out var found) ? found : throw Refusal.UnknownUser(user);

    /// <summary>With or without the angle brackets, which are easily lost on the way.</summary>
    private static IEnumerable<MailItem> WithId(Mailboxes.Mailbox mailbox, string internetMessageId) =>
        mailbox.Items.Where(item => item.InternetMessageId?.Trim('<', '>') == internetMessageId.Trim().Trim('<', '>'));

    private static JsonObject Whole(MailItem item, Guid mailbox) => MessageView.Draw(item, mailbox,
        new MessageViewWishes([.. MessageView.Members.Where(member => member != "uniqueBody")], ImmutableIds: true, Bodies: true));

    private static IResult Json(JsonNode body) => Results.Json(body);

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static string Instant(DateTimeOffset at) => GraphTime.Ticks(at);

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Camel(FaultKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
