using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>The tenant and its people.</summary>
internal sealed class TenantApi(TenantWorld world, SimulatorOptions options)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/tenant", Tenant);
        sim.MapPost("/tenant", ChangeTenant);
        sim.MapGet("/users", Users);
        sim.MapPost("/users", SaveUser);
        sim.MapGet("/permissions", () => world.Read(it => Reply.Json(DrawnPermissions(it))));
        sim.MapPost("/permissions", ChangePermissions);
        sim.MapPost("/mailboxes", ChangeMailbox);
    }

    private IResult Tenant() => world.Read(it => Reply.Json(Drawn(it)));

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
            return Reply.Json(Drawn(it));
        });
    }

    private JsonObject Drawn(TenantWorld it) => new()
    {
        ["id"] = options.TenantId.ToString(),
        ["domains"] = Reply.Texts(it.Domains),
        ["holidays"] = it.Holidays.DeepClone(),
    };

    /// <summary>
    /// POST /sim/permissions {granted?, denied?}: what is granted beyond the permissions at the start, and what is taken
    /// away; a list that is named replaces the one before.
    /// </summary>
    private async Task<IResult> ChangePermissions(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "granted", "denied");
        var (granted, denied) = (input.OptionalTexts("granted"), input.OptionalTexts("denied"));
        return world.Write(it =>
        {
            it.Record(new PermissionsChanged(new Permissions(granted ?? it.Permissions.Granted, denied ?? it.Permissions.Denied)));
            return Reply.Json(DrawnPermissions(it));
        });
    }

    private JsonObject DrawnPermissions(TenantWorld it) => new()
    {
        ["granted"] = Reply.Texts(it.Permissions.Granted),
        ["denied"] = Reply.Texts(it.Permissions.Denied),
        ["application"] = Reply.Texts(it.Permissions.Of(options.ApplicationPermissions)),
        ["delegated"] = Reply.Texts(it.Permissions.Of(options.DelegatedPermissions)),
    };

    /// <summary>POST /sim/mailboxes {user, state}: ok, unlicensed, deleted or outOfScope; the mail in it is kept.</summary>
    private async Task<IResult> ChangeMailbox(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "state");
        var state = input.Choice<MailboxState>("state");
        return world.Write(it =>
        {
            it.Record(new MailboxChanged(Reply.KnownUser(it, input.Text("user")).Id, state));
            return Results.NoContent();
        });
    }

    private static bool IsHoliday(JsonNode? day)
    {
        var date = day is JsonObject named ? named["date"] : day;
        return date is JsonValue value && value.TryGetValue<string>(out var text)
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private IResult Users() => world.Read(it => Reply.Json(new JsonArray([.. it.Users.OrderBy(user => user.Address, StringComparer.Ordinal).Select(user => new JsonObject
    {
        ["id"] = user.Id.ToString(),
        ["user"] = user.Address,
        ["name"] = user.Name,
        ["timeZone"] = user.TimeZone,
        ["workingHours"] = new JsonObject { ["start"] = Time(user.WorkStart), ["end"] = Time(user.WorkEnd) },
        ["workingDays"] = Reply.Texts(user.WorkingDays),
        ["manager"] = user.Manager,
        ["aliases"] = Reply.Texts(user.Aliases),
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
            return Reply.Json(new JsonObject { ["id"] = saved.Id.ToString() });
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

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
