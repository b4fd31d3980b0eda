using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>People, their managers, the organization and its domains. Called with the world locked.</summary>
internal static class DirectoryRoutes
{
    // What a mailbox shows whose owner has never planned an absence.
    private static readonly DateTimeOffset NeverFrom = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NeverUntil = NeverFrom.AddDays(1);

    private static readonly string[] ShownUnasked =
        ["businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName"];

    public static GraphAnswer Users(GraphRequest request, TenantWorld world)
    {
        if (!MayReadUsers(request))
            return GraphAnswer.PrivilegesMissing();

        return Many(request, "users", Present(world).OrderBy(user => user.Address, StringComparer.Ordinal));
    }

    public static GraphAnswer User(GraphRequest request, SimulatedUser user)
    {
        if (!MayReadUsers(request) && !(request.Caller.User == user.Id && request.Caller.May("User.Read")))
            return GraphAnswer.PrivilegesMissing();

        return One(request, user, "users");
    }

    public static GraphAnswer Manager(GraphRequest request, TenantWorld world, SimulatedUser user)
    {
        if (!MayReadUsers(request))
            return GraphAnswer.PrivilegesMissing();
        if (user.Manager is null || !world.TryFindUser(user.Manager, out var manager))
            return GraphAnswer.UserNotFound("manager");

        return One(request, manager, "directoryObjects", "#microsoft.graph.user");
    }

    public static GraphAnswer DirectReports(GraphRequest request, TenantWorld world, SimulatedUser manager)
    {
        if (!MayReadUsers(request))
            return GraphAnswer.PrivilegesMissing();

        var reports = Present(world).Where(user => user.Manager is not null && world.TryFindUser(user.Manager, out var theirs) && theirs.Id == manager.Id);
        return Many(request, "directoryObjects", reports.OrderBy(user => user.Address, StringComparer.Ordinal), "#microsoft.graph.user");
    }

    public static GraphAnswer MailboxSettings(GraphRequest request, SimulatedUser user)
    {
        if (!request.Caller.May("MailboxSettings.Read", "MailboxSettings.ReadWrite"))
            return GraphAnswer.AccessDenied();

        var all = new JsonObject
        {
            ["automaticRepliesSetting"] = new JsonObject
            {
                ["status"] = user.AutomaticReplies ? "alwaysEnabled" : user.Absence is null ? "disabled" : "scheduled",
                ["externalAudience"] = "all",
                ["scheduledStartDateTime"] = Moment(user.Absence?.From ?? NeverFrom),
                ["scheduledEndDateTime"] = Moment(user.Absence?.Until ?? NeverUntil),
                ["internalReplyMessage"] = "",
                ["externalReplyMessage"] = "",
            },
            ["timeZone"] = user.TimeZone,
            ["language"] = new JsonObject { ["locale"] = "en-US", ["displayName"] = "English (United States)" },
            ["workingHours"] = new JsonObject
            {
                ["daysOfWeek"] = new JsonArray([.. user.WorkingDays.Select(day => (JsonNode)day)]),
                ["startTime"] = TimeOfDay(user.WorkStart),
                ["endTime"] = TimeOfDay(user.WorkEnd),
                ["timeZone"] = WorkingZone(user),
            },
            ["userPurpose"] = user.Purpose,
            ["dateFormat"] = "MM/dd/yyyy",
            ["timeFormat"] = "hh:mm tt",
            ["delegateMeetingMessageDeliveryOptions"] = "sendToDelegateOnly",
        };

        var context = new JsonObject { ["@odata.context"] = $"{request.Root}/$metadata#users('{user.Id}')/mailboxSettings" };
        return Selected(request, all, [.. all.Select(member => member.Key)], context, alwaysId: false);
    }

    public static GraphAnswer Organization(GraphRequest request, TenantWorld world, Guid tenant)
    {
        if (!request.Caller.May("Organization.Read", "Directory.Read", "User.Read"))
            return GraphAnswer.PrivilegesMissing();

        var organization = new JsonObject
        {
            ["id"] = tenant.ToString(),
            ["displayName"] = "Contoso",
            ["tenantType"] = "AAD",
            ["verifiedDomains"] = new JsonArray([.. world.Domains.Select((domain, index) => new JsonObject
            {
                ["capabilities"] = "Email, OfficeCommunicationsOnline",
                ["isDefault"] = index == 0,
                ["isInitial"] = IsInitial(domain),
                ["name"] = domain,
                ["type"] = "Managed",
            })]),
        };
        return Collection(request, "organization", [organization]);
    }

    public static GraphAnswer Domains(GraphRequest request, TenantWorld world)
    {
        if (!request.Caller.May("Domain.Read", "Directory.Read"))
            return GraphAnswer.PrivilegesMissing();

        return Collection(request, "domains", world.Domains.Select((domain, index) => new JsonObject
        {
            ["authenticationType"] = "Managed",
            ["id"] = domain,
            ["isAdminManaged"] = true,
            ["isDefault"] = index == 0,
            ["isInitial"] = IsInitial(domain),
            ["isRoot"] = true,
            ["isVerified"] = true,
            ["supportedServices"] = new JsonArray("Email", "OfficeCommunicationsOnline"),
        }));
    }

    private static IEnumerable<SimulatedUser> Present(TenantWorld world) =>
        world.Users.Where(user => world.MailboxOf(user.Id).State is not MailboxState.Deleted);

    private static bool MayReadUsers(GraphRequest request) =>
        request.Caller.May("User.Read.All", "User.ReadBasic.All", "Directory.Read.All");

    private static bool IsInitial(string domain) => domain.EndsWith(".onmicrosoft.com", StringComparison.OrdinalIgnoreCase);

    private static GraphAnswer One(GraphRequest request, SimulatedUser user, string entitySet, string? type = null)
    {
        var start = new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#{entitySet}{Select(request)}/$entity",
        };
        if (type is not null)
            start["@odata.type"] = type;
        return Selected(request, Draw(user), ShownUnasked, start, alwaysId: true);
    }

    private static GraphAnswer Many(GraphRequest request, string entitySet, IEnumerable<SimulatedUser> users, string? type = null)
    {
        if (request.Query.Keys.FirstOrDefault(name => name.ToLowerInvariant() is not ("select" or "top" or "skiptoken")) is { } option)
            return GraphAnswer.NotSimulated(request, $"the query option {option} in a list of users");
        var top = 100;
        if (request.Query.TryGetValue("top", out var asked) && (!int.TryParse(asked, out top) || top is < 1 or > 999))
            return GraphAnswer.Error(400, "Request_UnsupportedQuery", "Invalid page size specified. Must be between 1 and 999 inclusive.");
        if (!int.TryParse(request.Query.GetValueOrDefault("skiptoken", "0"), out var from) || from < 0)
            return GraphAnswer.BadRequest("The skip token is not one of ours.");

        var all = users.ToList();
        var page = new JsonArray();
        foreach (var user in all.Skip(from).Take(top))
        {
            var answer = Selected(request, Draw(user), ShownUnasked, type is null ? [] : new JsonObject { ["@odata.type"] = type }, alwaysId: true);
            if (answer.Status != 200)
                return answer;
            page.Add(answer.Body);
        }

        var body = new JsonObject { ["@odata.context"] = $"{request.Root}/$metadata#{entitySet}{Select(request)}", ["value"] = page };
        if (all.Count > from + top)
        {
            var select = request.Query.TryGetValue("select", out var members) ? $"&$select={Uri.EscapeDataString(members)}" : "";
            body["@odata.nextLink"] = $"{request.Root}{request.Path}?$top={top}{select}&$skiptoken={from + top}";
        }

        return new GraphAnswer(200, body);
    }

    private static GraphAnswer Collection(GraphRequest request, string entitySet, IEnumerable<JsonObject> entities)
    {
        var value = new JsonArray();
        foreach (var entity in entities)
        {
            var answer = Selected(request, entity, [.. entity.Select(member => member.Key)], [], alwaysId: true);
            if (answer.Status != 200)
                return answer;
            value.Add(answer.Body);
        }

        return new GraphAnswer(200, new JsonObject { ["@odata.context"] = $"{request.Root}/$metadata#{entitySet}{Select(request)}", ["value"] = value });
    }

    /// <summary>Adds the selected members, or those shown unasked, to what the answer starts with.</summary>
    private static GraphAnswer Selected(GraphRequest request, JsonObject all, IReadOnlyList<string> shownUnasked, JsonObject answer, bool alwaysId)
    {
        var members = shownUnasked;
        if (request.Query.TryGetValue("select", out var select))
        {
            var asked = select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (asked.FirstOrDefault(name => Named(all, name) is null) is { } unknown)
                return GraphAnswer.Error(400, "Request_BadRequest", $"Could not find a property named '{unknown}'.");
            members = [.. asked.Select(name => Named(all, name)!)];
        }
        else if (alwaysId)
        {
            members = [.. members.Where(member => member != "id").Append("id")];
        }

        foreach (var member in members.Distinct())
            answer[member] = all[member]?.DeepClone();
        return new GraphAnswer(200, answer);
    }

    private static string? Named(JsonObject all, string name) =>
        all.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;

    private static string Select(GraphRequest request) =>
        request.Query.TryGetValue("select", out var select) ? $"({select})" : "";

    private static JsonObject Draw(SimulatedUser user)
    {
        var names = user.Name.Split(' ', 2, StringSplitOptions.TrimEntries);
        return new JsonObject
        {
            ["id"] = user.Id.ToString(),
            ["accountEnabled"] = true,
            ["businessPhones"] = new JsonArray(),
            ["displayName"] = user.Name,
            ["givenName"] = names[0],
            ["jobTitle"] = null,
            ["mail"] = user.Address,
            ["mailNickname"] = user.Address[..user.Address.LastIndexOf('@')],
            ["mobilePhone"] = null,
            ["officeLocation"] = null,
            ["otherMails"] = new JsonArray(),
            ["preferredLanguage"] = null,
            ["proxyAddresses"] = new JsonArray([.. user.Aliases.Select(alias => (JsonNode)("smtp:" + alias)).Prepend("SMTP:" + user.Address)]),
            ["surname"] = names.Length > 1 ? names[1] : null,
            ["userPrincipalName"] = user.Address,
            ["userType"] = "Member",
        };
    }

    private static JsonObject WorkingZone(SimulatedUser user)
    {
        if (user.CustomZone is not { } zone)
            return new JsonObject { ["name"] = user.WorkTimeZone ?? user.TimeZone };

        // The European rule: the last Sunday of March and of October.
        return new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.customTimeZone",
            ["name"] = "Customized Time Zone",
            ["bias"] = zone.Bias,
            ["standardOffset"] = Changeover("03:00:00.0000000", month: 10),
            ["daylightOffset"] = Changeover("02:00:00.0000000", month: 3, zone.DaylightBias),
        };
    }

    private static JsonObject Changeover(string time, int month, int? daylightBias = null)
    {
        var drawn = new JsonObject
        {
            ["time"] = time,
            ["dayOccurrence"] = 5,
            ["dayOfWeek"] = "sunday",
            ["month"] = month,
            ["year"] = 0,
        };
        if (daylightBias is not null)
            drawn["daylightBias"] = daylightBias;
        return drawn;
    }

    private static JsonObject Moment(DateTimeOffset at) =>
        new() { ["dateTime"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), ["timeZone"] = "UTC" };

    private static string TimeOfDay(TimeOnly time) => time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
