using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Graph.Models;

namespace InboxGate.Simulator.Tests;

public sealed class ContactTests
{
    private const string Immutable = "IdType=\"ImmutableId\"";
    private const string Delta = $"/users/{Simulation.Ann}/contacts/delta";

    [Fact]
    public async Task The_real_client_reads_folders_contacts_and_one_contact()
    {
        await using var simulation = await StartAsync();
        var folder = (string)(await simulation.PostAsync("/sim/contactFolders", new { user = Simulation.Ann, displayName = "Leads" }))["id"]!;
        var below = (string)(await simulation.PostAsync("/sim/contactFolders", new { user = Simulation.Ann, displayName = "Old", parent = folder }))["id"]!;
        await SaveAsync(simulation, new { displayName = "Bo Berg", companyName = "Fabrikam", categories = new[] { "Prospect" }, emailAddresses = new[] { new { name = "Bo", address = "bo@fabrikam.com" } }, mobilePhone = "+49 171 1234567", businessPhones = new[] { "030 1234" } }, folder);
        await SaveAsync(simulation, new { givenName = "Cy", surname = "Call" });
        var ann = simulation.Graph().Users[Simulation.Ann];

        var folders = await ann.ContactFolders.GetAsync(cancellationToken: Simulation.Stop);
        var children = await ann.ContactFolders[folder].ChildFolders.GetAsync(cancellationToken: Simulation.Stop);
        var named = await ann.ContactFolders[folder].Contacts.GetAsync(cancellationToken: Simulation.Stop);
        var usual = await ann.Contacts.GetAsync(request => request.QueryParameters.Select = ["displayName"], Simulation.Stop);
        var one = await ann.Contacts[named!.Value!.Single().Id].GetAsync(cancellationToken: Simulation.Stop);

        // The default folder is not listed: it is what the others lie in.
        Assert.Equal([("Leads", folder)], folders!.Value!.Select(found => (found.DisplayName, found.Id)));
        Assert.Equal([("Old", below)], children!.Value!.Select(found => (found.DisplayName, found.Id)));
        Assert.Equal("Cy Call", usual!.Value!.Single().DisplayName);
        Assert.Null(usual.Value!.Single().Surname);
        Assert.Equal(("Bo Berg", "Fabrikam", "+49 171 1234567", folder), (one!.DisplayName, one.CompanyName, one.MobilePhone, one.ParentFolderId));
        Assert.Equal(["bo@fabrikam.com"], one.EmailAddresses!.Select(address => address.Address));
        Assert.Equal(["Prospect", "030 1234"], one.Categories!.Concat(one.BusinessPhones!));
    }

    [Fact]
    public async Task A_delta_comes_in_pages_and_then_tells_only_what_changed()
    {
        await using var simulation = await StartAsync();
        foreach (var name in new[] { "one", "two", "three" })
            await SaveAsync(simulation, new { displayName = name, categories = new[] { "A" } });
        var delta = simulation.Graph().Users[Simulation.Ann].Contacts.Delta;

        var first = await delta.GetAsDeltaGetResponseAsync(
            request =>
            {
                request.QueryParameters.Select = ["displayName", "categories"];
                request.Headers.Add("Prefer", $"{Immutable}, odata.maxpagesize=2");
            }, Simulation.Stop);
        var second = await delta.WithUrl(first!.OdataNextLink!).GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", Immutable), Simulation.Stop);
        var shown = first.Value!.Concat(second!.Value!).ToList();
        await SaveAsync(simulation, new { id = shown[1].Id, categories = Array.Empty<string>() });
        await SaveAsync(simulation, new { displayName = "four" });
        await DeleteAsync(simulation, shown[0].Id!);
        var third = await delta.WithUrl(second.OdataDeltaLink!).GetAsDeltaGetResponseAsync(request => request.Headers.Add("Prefer", Immutable), Simulation.Stop);
        var fourth = await delta.WithUrl(third!.OdataDeltaLink!).GetAsDeltaGetResponseAsync(cancellationToken: Simulation.Stop);

        Assert.Equal(["one", "two", "three"], shown.Select(contact => contact.DisplayName));
        Assert.All(shown, contact => Assert.Null(contact.EmailAddresses));
        Assert.Equal(["two", "four", null], third.Value!.Select(contact => contact.DisplayName));
        Assert.Empty(third.Value![0].Categories!);
        Assert.Equal(shown[0].Id, third.Value![2].Id);
        Assert.Equal("deleted", Reason(third.Value![2]));
        Assert.Empty(fourth!.Value!);
    }

    [Fact]
    public async Task What_was_deleted_before_a_first_round_is_not_told_and_what_goes_during_it_is()
    {
        await using var simulation = await StartAsync();
        await DeleteAsync(simulation, (string)(await SaveAsync(simulation, new { displayName = "long gone" }))["id"]!);
        var going = (string)(await SaveAsync(simulation, new { displayName = "going" }))["id"]!;
        await SaveAsync(simulation, new { displayName = "staying" });

        var (_, first, _) = await simulation.GraphAsync(HttpMethod.Get, Delta, prefer: $"{Immutable}, odata.maxpagesize=1");
        await DeleteAsync(simulation, going);
        var (_, second, _) = await simulation.GraphAsync(HttpMethod.Get, (string)first!["@odata.nextLink"]!, prefer: Immutable);

        Assert.Equal("going", (string?)Assert.Single(first["value"]!.AsArray())!["displayName"]);
        Assert.Equal(["staying", null], second!["value"]!.AsArray().Select(item => (string?)item!["displayName"]));
        Assert.Equal(going, (string?)second["value"]![1]!["id"]);
        Assert.Contains("$deltatoken=", (string?)second["@odata.deltaLink"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_that_moves_leaves_one_folder_and_comes_into_another()
    {
        await using var simulation = await StartAsync();
        var folder = (string)(await simulation.PostAsync("/sim/contactFolders", new { user = Simulation.Ann, displayName = "Leads" }))["id"]!;
        var id = (string)(await SaveAsync(simulation, new { displayName = "Bo" }))["id"]!;
        var (_, here, _) = await simulation.GraphAsync(HttpMethod.Get, Delta, prefer: Immutable);

        await SaveAsync(simulation, new { id }, folder);
        var (_, left, _) = await simulation.GraphAsync(HttpMethod.Get, (string)here!["@odata.deltaLink"]!, prefer: Immutable);
        var (_, there, _) = await simulation.GraphAsync(
            HttpMethod.Get, $"/users/{Simulation.Ann}/contactFolders/{Uri.EscapeDataString(folder)}/contacts/delta()", prefer: Immutable);

        Assert.Equal(("changed", id), ((string?)left!["value"]![0]!["@removed"]!["reason"], (string?)left["value"]![0]!["id"]));
        Assert.Equal(("Bo", id), ((string?)there!["value"]![0]!["displayName"], (string?)there["value"]![0]!["id"]));
    }

    [Fact]
    public async Task A_folder_that_is_deleted_is_unknown()
    {
        await using var simulation = await StartAsync();
        var folder = (string)(await simulation.PostAsync("/sim/contactFolders", new { user = Simulation.Ann, displayName = "Leads" }))["id"]!;
        await SaveAsync(simulation, new { displayName = "Bo" }, folder);
        var path = $"/users/{Simulation.Ann}/contactFolders/{Uri.EscapeDataString(folder)}/contacts/delta";
        var (_, round, _) = await simulation.GraphAsync(HttpMethod.Get, path);

        using var deleted = await simulation.Http.DeleteAsync($"/sim/contactFolders/{Uri.EscapeDataString(folder)}?user={Simulation.Ann}", Simulation.Stop);
        var (status, body, _) = await simulation.GraphAsync(HttpMethod.Get, (string)round!["@odata.deltaLink"]!);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, "ErrorItemNotFound"), (status, (string?)body!["error"]!["code"]));
        Assert.Empty((await simulation.GetAsync($"/sim/contacts?user={Simulation.Ann}")).AsArray());
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts/delta")]
    [InlineData("/contactFolders")]
    public async Task Without_the_permission_nothing_of_it_is_shown(string path)
    {
        await using var simulation = await StartAsync();
        await simulation.PostAsync("/sim/permissions", new { denied = new[] { "Contacts.Read" } });

        var (status, body, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}{path}");
        var (mail, _, _) = await simulation.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/mailFolders/inbox/messages/delta");

        Assert.Equal((HttpStatusCode.Forbidden, "ErrorAccessDenied"), (status, (string?)body!["error"]!["code"]));
        Assert.Equal(HttpStatusCode.OK, mail);
    }

    [Fact]
    public async Task An_expired_link_says_where_to_begin_again()
    {
        await using var simulation = await StartAsync();
        await SaveAsync(simulation, new { displayName = "Bo" });
        var (_, round, _) = await simulation.GraphAsync(HttpMethod.Get, $"{Delta}?$select=displayName");
        await simulation.PostAsync("/sim/faults", new { kind = "expiredDelta" });
        await simulation.PostAsync("/sim/faults", new { kind = "resync", location = true });

        var (expired, _, _) = await simulation.GraphAsync(HttpMethod.Get, (string)round!["@odata.deltaLink"]!);
        var (resync, _, headers) = await simulation.GraphAsync(HttpMethod.Get, (string)round["@odata.deltaLink"]!);
        var (_, again, _) = await simulation.GraphAsync(HttpMethod.Get, headers.Location!.ToString());

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (expired, resync));
        Assert.Equal("Bo", (string?)Assert.Single(again!["value"]!.AsArray())!["displayName"]);
    }

    [Fact]
    public async Task Items_of_a_delta_page_may_come_in_part_twice_and_again()
    {
        await using var simulation = await StartAsync();
        await SaveAsync(simulation, new { displayName = "Bo", categories = new[] { "A" } });
        await simulation.PostAsync("/sim/faults", new { kind = "partialItems" });
        var (_, partial, _) = await simulation.GraphAsync(HttpMethod.Get, Delta);
        await simulation.PostAsync("/sim/faults", new { kind = "duplicateItems" });
        var (_, twice, _) = await simulation.GraphAsync(HttpMethod.Get, Delta);
        await simulation.PostAsync("/sim/faults", new { kind = "replayItems" });
        var (_, again, _) = await simulation.GraphAsync(HttpMethod.Get, (string)twice!["@odata.deltaLink"]!);

        Assert.Null(partial!["value"]![0]!["displayName"]);
        Assert.Null(partial["value"]![0]!["categories"]);
        Assert.Equal(2, twice["value"]!.AsArray().Count);
        Assert.Equal("Bo", (string?)Assert.Single(again!["value"]!.AsArray())!["displayName"]);
    }

    [Theory]
    [InlineData("""{"displayName":3}""")]
    [InlineData("""{"categories":"A"}""")]
    [InlineData("""{"emailAddresses":["bo@fabrikam.com"]}""")]
    [InlineData("""{"phone":"030 1234"}""")]
    public async Task What_is_no_contact_is_refused(string contact)
    {
        await using var simulation = await StartAsync();

        using var answer = await simulation.Http.PostAsJsonAsync(
            "/sim/contacts", new JsonObject { ["user"] = Simulation.Ann, ["contact"] = JsonNode.Parse(contact) }, Simulation.Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Contacts_outlive_a_restart_and_deltas_go_on()
    {
        var directory = Directory.CreateTempSubdirectory("inboxgate-test-").FullName;
        Simulation? restarted = null;
        try
        {
            string link, gone;
            int httpPort, httpsPort;
            await using (var simulation = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = directory }))
            {
                await PrepareAsync(simulation);
                gone = (string)(await SaveAsync(simulation, new { displayName = "gone" }))["id"]!;
                var folder = (string)(await simulation.PostAsync("/sim/contactFolders", new { user = Simulation.Ann, displayName = "Leads" }))["id"]!;
                await SaveAsync(simulation, new { displayName = "kept" }, folder);
                var (_, round, _) = await simulation.GraphAsync(HttpMethod.Get, Delta, prefer: Immutable);
                link = (string)round!["@odata.deltaLink"]!;
                await DeleteAsync(simulation, gone);
                (httpPort, httpsPort) = (simulation.Host.HttpAddress.Port, simulation.Host.HttpsAddress.Port);
            }

            restarted = await Simulation.StartAsync(options => options with { KeysDirectory = null, DataDirectory = directory, HttpPort = httpPort, HttpsPort = httpsPort });
            var (_, next, _) = await restarted.GraphAsync(HttpMethod.Get, link, prefer: Immutable);
            var (_, folders, _) = await restarted.GraphAsync(HttpMethod.Get, $"/users/{Simulation.Ann}/contactFolders");

            Assert.Equal(gone, (string?)Assert.Single(next!["value"]!.AsArray())!["id"]);
            Assert.Equal("Leads", (string?)Assert.Single(folders!["value"]!.AsArray())!["displayName"]);
            Assert.Equal("kept", (string?)Assert.Single((await restarted.GetAsync($"/sim/contacts?user={Simulation.Ann}")).AsArray())!["displayName"]);
        }
        finally
        {
            if (restarted is not null)
                await restarted.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Simulation> StartAsync()
    {
        var simulation = await Simulation.StartAsync();
        await PrepareAsync(simulation);
        return simulation;
    }

    private static async Task PrepareAsync(Simulation simulation)
    {
        await simulation.AnnAsync();
        await simulation.PostAsync("/sim/permissions", new { granted = new[] { "Contacts.Read" } });
    }

    private static Task<JsonNode> SaveAsync(Simulation simulation, object contact, string? folder = null) =>
        simulation.PostAsync("/sim/contacts", new { user = Simulation.Ann, contact, folder });

    private static async Task DeleteAsync(Simulation simulation, string id)
    {
        using var answer = await simulation.Http.DeleteAsync($"/sim/contacts/{Uri.EscapeDataString(id)}?user={Simulation.Ann}", Simulation.Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static string? Reason(Contact contact) =>
        contact.AdditionalData["@removed"] is Microsoft.Kiota.Abstractions.Serialization.UntypedObject removed
            && removed.GetValue()["reason"] is Microsoft.Kiota.Abstractions.Serialization.UntypedString reason ? reason.GetValue() : null;
}
