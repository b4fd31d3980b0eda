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
    private static readonly string[] UserMembers =
    [
        "user", "name", "timeZone", "workingTimeZone", "customTimeZone", "workingHours", "workingDays", "manager", "aliases", "automaticReplies", "purpose", "roles", "directoryRoles",
    ];

    private static readonly string[] Purposes = ["user", "linked", "shared", "room", "equipment", "others"];

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
        ["ianaTimeZone"] = Iana(user.TimeZone),
        ["workingHours"] = new JsonObject { ["start"] = Time(user.WorkStart), ["end"] = Time(user.WorkEnd) },
        ["workingDays"] = Reply.Texts(user.WorkingDays),
        ["manager"] = user.Manager,
        ["aliases"] = Reply.Texts(user.Aliases),
        ["automaticReplies"] = user.AutomaticReplies,
        ["purpose"] = user.Purpose,
        ["roles"] = Reply.Texts(user.Roles ?? []),
        ["directoryRoles"] = Reply.Texts(user.DirectoryRoles ?? []),
        ["mailbox"] = Input.Camel(it.MailboxOf(user.Id).State),
    })])));

    /// <summary>
    /// POST /sim/users {user, …}: what is not named stays as it was. <c>timeZone</c> is an IANA or a Windows name, or empty;
    /// <c>workingTimeZone</c> the one of the working hours where it differs; <c>customTimeZone</c> {bias, daylightBias?} a
    /// zone without a name; <c>automaticReplies</c> true, false or {from, until}; an empty <c>manager</c> takes the manager away; <c>purpose</c> makes a shared
    /// mailbox or a room of it; <c>roles</c> are those of the application, <c>directoryRoles</c> those of the directory.
    /// Many at once: {users: […]}.
    /// </summary>
    private async Task<IResult> SaveUser(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, [.. UserMembers, "users"]);
        if (input.OptionalArray("users") is not { } many)
            return world.Write(it => Reply.Json(new JsonObject { ["id"] = Save(it, Read(input)).ToString() }));

        var changes = many.Select(user => Read(Input.Of(user, UserMembers))).ToList();
        return world.Write(it => Reply.Json(new JsonObject { ["ids"] = Reply.Texts(changes.ConvertAll(change => Save(it, change).ToString())) }));
    }

    private static UserChange Read(Input input)
    {
        var address = input.Address("user");
        var name = input.OptionalText("name")?.Trim();
        if (name is { Length: 0 or > 256 })
            throw Refusal.Invalid("name has to have 1 to 256 characters.");

        var days = input.OptionalTexts("workingDays")?.Select(day => day.ToLowerInvariant()).Distinct().ToList();
        if (days?.Find(day => !SimulatedUser.AllDays.Contains(day)) is { } unknown)
            throw Refusal.Invalid($"workingDays names {unknown}; a day is one of {string.Join(", ", SimulatedUser.AllDays)}.");

        var (start, end) = ReadHours(input);
        var aliases = input.OptionalTexts("aliases")?.Select(alias => alias.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (aliases?.Find(alias => !Input.IsAddress(alias)) is { } badAlias)
            throw Refusal.Invalid($"aliases names {badAlias}, which is no mail address.");

        var hasNoManager = input.OptionalText("manager") is "";
        var manager = input.Has("manager") && !hasNoManager ? input.Address("manager") : null;
        if (manager is not null && manager.Equals(address, StringComparison.OrdinalIgnoreCase))
            throw Refusal.Invalid("manager has to be somebody else.");

        var purpose = input.OptionalText("purpose");
        if (purpose is not null && !Purposes.Contains(purpose))
            throw Refusal.Invalid($"purpose is one of {string.Join(", ", Purposes)}.");

        var (roles, directoryRoles) = (input.OptionalTexts("roles"), input.OptionalTexts("directoryRoles"));
        if (directoryRoles?.FirstOrDefault(role => !DirectoryRole.IsKnown(role)) is { } unknownRole)
            throw Refusal.Invalid($"directoryRoles names {unknownRole}; a role is one of {string.Join(", ", DirectoryRole.Names)}.");

        var (zone, workZone, custom) = (ReadZone(input, "timeZone"), ReadZone(input, "workingTimeZone"), ReadCustomZone(input));
        var (replies, absence) = ReadReplies(input);
        return new UserChange(address, aliases, manager, known => known with
        {
            Name = name ?? known.Name,
            TimeZone = custom is null ? zone ?? known.TimeZone : "Customized Time Zone",
            CustomZone = custom ?? (zone is null ? known.CustomZone : null),
            WorkTimeZone = workZone ?? (zone is null ? known.WorkTimeZone : null),
            WorkStart = start ?? known.WorkStart,
            WorkEnd = end ?? known.WorkEnd,
            WorkingDays = days ?? known.WorkingDays,
            Manager = hasNoManager ? null : manager ?? known.Manager,
            Aliases = aliases ?? known.Aliases,
            AutomaticReplies = replies ?? known.AutomaticReplies,
            Purpose = purpose ?? known.Purpose,
            Roles = roles ?? known.Roles,
            DirectoryRoles = directoryRoles ?? known.DirectoryRoles,
            Absence = replies is null ? known.Absence : absence,
        });
    }

    private static Guid Save(TenantWorld it, UserChange change)
    {
        foreach (var other in (change.Aliases ?? []).Prepend(change.Address))
        {
            if (it.TryFindUser(other, out var owner) && owner.Id != SimulatedUser.IdOf(change.Address))
                throw new Refusal(409, "address-taken", $"{other} is an address of {owner.Address}.");
        }

        // Named before they were posted: they are created, to be filled in later.
        if (change.Manager is not null && !it.TryFindUser(change.Manager, out _))
            it.Record(new UserSaved(SimulatedUser.New(change.Manager)));

        var saved = change.Apply(it.TryFindUser(change.Address, out var known) ? known : SimulatedUser.New(change.Address));
        it.Record(new UserSaved(saved));
        return saved.Id;
    }

    /// <summary>What a browser understands; UTC where the zone has no name or none that is known.</summary>
    private static string Iana(string zone)
    {
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out var iana))
            return iana;

        return zone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.Id : "UTC";
    }

    private static string? ReadZone(Input input, string member) =>
        input.OptionalText(member) is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? throw Refusal.Invalid($"{member} {zone} is neither an IANA nor a Windows time zone.")
            : input.OptionalText(member);

    private static CustomZone? ReadCustomZone(Input input)
    {
        if (!input.Has("customTimeZone"))
            return null;

        var zone = Input.Of(input.Object("customTimeZone"), ["bias", "daylightBias"]);
        return new CustomZone(Minutes("bias") ?? throw Refusal.Invalid("customTimeZone.bias is required: minutes behind UTC, such as -60."), Minutes("daylightBias") ?? 0);

        int? Minutes(string member) => zone.OptionalWhole(member) is { } minutes && Math.Abs(minutes) > 14 * 60
            ? throw Refusal.Invalid($"customTimeZone.{member} is a number of minutes within 14 hours.")
            : (int?)zone.OptionalWhole(member);
    }

    private static (bool? Always, Absence? Absence) ReadReplies(Input input)
    {
        if (input.Raw("automaticReplies") is not JsonObject planned)
            return (input.OptionalFlag("automaticReplies"), null);

        var times = Input.Of(planned, ["from", "until"]);
        var absence = new Absence(times.Instant("from"), times.Instant("until"));
        return absence.From < absence.Until ? (false, absence) : throw Refusal.Invalid("automaticReplies has to end after it begins.");
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

    /// <summary>What a posted user is to become, checked as far as it can be without the world.</summary>
    private sealed record UserChange(string Address, IReadOnlyList<string>? Aliases, string? Manager, Func<SimulatedUser, SimulatedUser> Apply);
}
