using System.Net;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

namespace InboxGate.Simulator.Tests;

public sealed class DirectoryTests
{
    [Fact]
    public async Task A_user_is_found_by_id_and_by_address_with_every_address()
    {
        await using var simulation = await Simulation.StartAsync();
        var id = (string)(await simulation.PostAsync("/sim/users", new { user = "Ann@contoso.com", name = "Ann Lee", aliases = new[] { "a.lee@contoso.com" } }))["id"]!;
        var users = simulation.Graph().Users;

        var byId = await users[id].GetAsync(request => request.QueryParameters.Select = ["mail", "userPrincipalName", "proxyAddresses", "displayName", "otherMails"], Simulation.Stop);
        var byAddress = await users[Simulation.Ann].GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(["SMTP:Ann@contoso.com", "smtp:a.lee@contoso.com"], byId!.ProxyAddresses!);
        Assert.Equal("Ann Lee", byId.DisplayName);
        Assert.Empty(byId.OtherMails!);
        Assert.Null(byId.Id);
        Assert.Equal(id, byAddress!.Id);
    }

    [Fact]
    public async Task An_object_id_is_the_same_for_the_same_address_everywhere()
    {
        await using var one = await Simulation.StartAsync();
        await using var other = await Simulation.StartAsync();

        var first = (string?)(await one.PostAsync("/sim/users", new { user = "ann@contoso.com" }))["id"];
        var again = (string?)(await one.PostAsync("/sim/users", new { user = "ANN@Contoso.com" }))["id"];
        var elsewhere = (string?)(await other.PostAsync("/sim/users", new { user = "ann@contoso.com" }))["id"];

        Assert.Equal(first, again);
        Assert.Equal(first, elsewhere);
    }

    [Fact]
    public async Task A_manager_is_made_when_first_named_and_is_404_where_there_is_none()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, manager = "max.power@contoso.com" });
        var users = simulation.Graph().Users;

        var manager = await users[Simulation.Ann].Manager.GetAsync(cancellationToken: Simulation.Stop);
        var reports = await users["max.power@contoso.com"].DirectReports.GetAsync(cancellationToken: Simulation.Stop);
        var none = await Assert.ThrowsAsync<ODataError>(() => users["max.power@contoso.com"].Manager.GetAsync(cancellationToken: Simulation.Stop));

        Assert.Equal("max.power@contoso.com", Assert.IsType<User>(manager).Mail);
        Assert.Equal(Simulation.Ann, Assert.IsType<User>(Assert.Single(reports!.Value!)).Mail);
        Assert.Equal(404, none.ResponseStatusCode);
        Assert.Equal("Request_ResourceNotFound", none.Error!.Code);
    }

    [Fact]
    public async Task Verified_domains_are_the_tenants()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/tenant", new { domains = new[] { "Fabrikam.com", "fabrikam.onmicrosoft.com" }, holidays = new[] { "2026-12-25" } });
        var client = simulation.Graph();

        var organization = await client.Organization.GetAsync(request => request.QueryParameters.Select = ["verifiedDomains"], Simulation.Stop);
        var domains = await client.Domains.GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(["fabrikam.com", "fabrikam.onmicrosoft.com"], Assert.Single(organization!.Value!).VerifiedDomains!.Select(domain => domain.Name));
        Assert.Equal(["fabrikam.com", "fabrikam.onmicrosoft.com"], domains!.Value!.Select(domain => domain.Id));
        Assert.Equal("2026-12-25", (string?)(await simulation.GetAsync("/sim/tenant"))["holidays"]![0]);
    }

    [Fact]
    public async Task Mailbox_settings_are_those_of_the_user()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/users", new
        {
            user = Simulation.Ann,
            timeZone = "W. Europe Standard Time",
            workingHours = new { start = "22:00", end = "06:30" },
            workingDays = new[] { "Sunday", "monday" },
            automaticReplies = true,
        });

        var settings = await simulation.Graph().Users[Simulation.Ann].MailboxSettings.GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal("W. Europe Standard Time", settings!.TimeZone);
        Assert.Equal(new TimeSpan(22, 0, 0), settings.WorkingHours!.StartTime!.Value.DateTime.TimeOfDay);
        Assert.Equal(new TimeSpan(6, 30, 0), settings.WorkingHours.EndTime!.Value.DateTime.TimeOfDay);
        Assert.Equal([DayOfWeekObject.Sunday, DayOfWeekObject.Monday], settings.WorkingHours.DaysOfWeek!.Select(day => day!.Value));
        Assert.Equal(AutomaticRepliesStatus.AlwaysEnabled, settings.AutomaticRepliesSetting!.Status);
        Assert.Equal(UserPurpose.User, settings.UserPurpose);
    }

    [Theory]
    [InlineData("", "UTC")]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    public async Task A_mailbox_has_a_zone_by_either_name_or_none(string zone, string forABrowser)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, timeZone = zone });

        var settings = await simulation.Graph().Users[Simulation.Ann].MailboxSettings.GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal((zone, zone), (settings!.TimeZone, settings.WorkingHours!.TimeZone!.Name));
        Assert.Equal(forABrowser, (string?)(await simulation.GetAsync("/sim/users"))[0]!["ianaTimeZone"]);
    }

    [Fact]
    public async Task Working_hours_can_be_of_another_zone_or_of_one_without_a_name()
    {
        await using var simulation = await Simulation.StartAsync();
        var client = simulation.Graph().Users[Simulation.Ann].MailboxSettings;
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, timeZone = "Europe/Berlin", workingTimeZone = "Pacific Standard Time" });
        var other = await client.GetAsync(cancellationToken: Simulation.Stop);
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, customTimeZone = new { bias = -60, daylightBias = -60 } });
        var nameless = await client.GetAsync(cancellationToken: Simulation.Stop);
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, timeZone = "UTC" });
        var named = await client.GetAsync(cancellationToken: Simulation.Stop);

        var custom = Assert.IsType<CustomTimeZone>(nameless!.WorkingHours!.TimeZone);
        Assert.Equal(("Europe/Berlin", "Pacific Standard Time"), (other!.TimeZone, other.WorkingHours!.TimeZone!.Name));
        Assert.Equal(("Customized Time Zone", -60, -60, 3), (custom.Name, custom.Bias, custom.DaylightOffset!.DaylightBias, custom.DaylightOffset.Month));
        Assert.Equal("UTC", named!.WorkingHours!.TimeZone!.Name);
        Assert.IsNotType<CustomTimeZone>(named.WorkingHours.TimeZone);
    }

    [Fact]
    public async Task An_absence_can_be_planned_and_a_mailbox_shared()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/users", new
        {
            user = Simulation.Ann,
            purpose = "shared",
            automaticReplies = new { from = "2026-12-24T08:00:00+01:00", until = "2026-12-28T08:00:00+01:00" },
        });

        var settings = await simulation.Graph().Users[Simulation.Ann].MailboxSettings.GetAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(UserPurpose.Shared, settings!.UserPurpose);
        Assert.Equal(AutomaticRepliesStatus.Scheduled, settings.AutomaticRepliesSetting!.Status);
        Assert.Equal("2026-12-24T07:00:00.0000000", settings.AutomaticRepliesSetting.ScheduledStartDateTime!.DateTime);
    }

    [Fact]
    public async Task Addresses_and_managers_come_and_go()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, aliases = new[] { "a@contoso.com", "b@contoso.com" }, manager = "bob@contoso.com" });
        await simulation.PostAsync("/sim/users", new { user = Simulation.Ann, aliases = new[] { "b@contoso.com", "c@contoso.com" }, manager = "" });

        var (gone, _, _) = await simulation.GraphAsync(HttpMethod.Get, "/users/a@contoso.com");
        var (added, ann, _) = await simulation.GraphAsync(HttpMethod.Get, "/users/c@contoso.com?$select=proxyAddresses");
        var (manager, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/manager");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound], [gone, added, manager]);
        Assert.Equal(["SMTP:ann@contoso.com", "smtp:b@contoso.com", "smtp:c@contoso.com"], ann!["proxyAddresses"]!.AsArray().Select(address => (string?)address));
    }

    [Theory]
    [InlineData("GET", "/communications/callRecords")]
    [InlineData("GET", "/users/ann@contoso.com/calendar/events")]
    [InlineData("POST", "/users/ann@contoso.com/sendMail")]
    [InlineData("GET", "/users/ann@contoso.com/messages?$search=x")]
    [InlineData("DELETE", "/users/ann@contoso.com")]
    public async Task What_the_simulator_does_not_know_is_501_and_named(string method, string path)
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();

        var (status, body, _) = await simulation.GraphAsync(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains($"{method} /v1.0{path}", (string)body!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_takes_no_token_but_its_own()
    {
        await using var simulation = await Simulation.StartAsync();
        await simulation.AnnAsync();
        var forTheApi = (string)(await simulation.PostAsync("/sim/tokens", new { user = Simulation.Ann }))["accessToken"]!;

        var (audience, body, headers) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}", token: forTheApi);
        var (nonsense, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}", token: "nonsense");

        Assert.Equal(HttpStatusCode.Unauthorized, audience);
        Assert.Equal("InvalidAuthenticationToken", (string?)body!["error"]!["code"]);
        Assert.Contains("Bearer", headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, nonsense);
    }
}
