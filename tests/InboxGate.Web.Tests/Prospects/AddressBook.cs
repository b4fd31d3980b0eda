using System.Text.Json.Nodes;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>The rep's own hand in the Outlook contacts, and what came of it on the list.</summary>
internal static class AddressBook
{
    public const string Path = "/api/prospects/contacts";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Where contacts may be read; with pages so small that there are several.</summary>
    public static Task<World> StartAsync(
        Database database,
        PostgresServer postgres,
        int pageSize = 3,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        string? permission = "Contacts.Read")
    {
        var all = new Dictionary<string, string?> { ["Mailbox:PageSize"] = $"{pageSize}", ["Mailbox:SweepInterval"] = "00:00:01" };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        return World.StartAsync(database, postgres, settings: all, configure: configure, simulated: options => permission is null ? options : options with
        {
            ApplicationPermissions = [.. options.ApplicationPermissions, permission],
            DelegatedPermissions = [.. options.DelegatedPermissions, permission],
        });
    }

    public static async Task<Person> RepAsync(World world)
    {
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => board["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin" && board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    public static JsonObject Contact(string name, string? address = null, string? category = null) => new()
    {
        ["displayName"] = name,
        ["categories"] = category is null ? [] : new JsonArray(category),
        ["emailAddresses"] = address is null ? [] : new JsonArray(new JsonObject { ["name"] = name, ["address"] = address }),
    };

    /// <returns>The contact's id.</returns>
    public static async Task<string> SaveAsync(World world, Person rep, JsonObject contact, string? folder = null) =>
        (await world.SayAsync("/sim/contacts", new JsonObject { ["user"] = rep.Address, ["contact"] = contact, ["folder"] = folder }))["id"]!.GetValue<string>();

    public static async Task<string> FolderAsync(World world, Person rep, string name) =>
        (await world.SayAsync("/sim/contactFolders", new JsonObject { ["user"] = rep.Address, ["displayName"] = name }))["id"]!.GetValue<string>();

    public static Task DeleteAsync(World world, Person rep, string id) => DeleteAsync(world, rep, "contacts", id);

    public static Task DeleteFolderAsync(World world, Person rep, string id) => DeleteAsync(world, rep, "contactFolders", id);

    public static Task<JsonNode> ChooseAsync(Person rep, string? folderId = null, string? category = null, string kind = "prospect") =>
        rep.JsonAsync(HttpMethod.Put, Path, new JsonObject { ["folderId"] = folderId, ["category"] = category, ["kind"] = kind });

    public static Task<JsonNode> LeaveAsync(Person rep, string folderId = "", string category = "") =>
        rep.JsonAsync(HttpMethod.Delete, $"{Path}?folderId={Uri.EscapeDataString(folderId)}&category={Uri.EscapeDataString(category)}");

    public static Task<JsonNode> LookAsync(Person rep) => rep.JsonAsync(HttpMethod.Get, Path);

    /// <summary>The sources once they are as described; the watch works in its own time.</summary>
    public static async Task<List<JsonNode>> SourcesWhenAsync(Person rep, Func<List<JsonNode>, bool> isSo, TimeSpan? patience = null)
    {
        List<JsonNode> sources = [];
        await World.UntilAsync(async () => isSo(sources = [.. (await LookAsync(rep))["sources"]!.AsArray().Select(x => x!)]), patience);
        return sources;
    }

    /// <summary>Once all that is chosen has been read.</summary>
    public static Task<List<JsonNode>> ReadAsync(Person rep, TimeSpan? patience = null) =>
        SourcesWhenAsync(rep, all => all.TrueForAll(x => !x["reading"]!.GetValue<bool>() && x["readAt"] is not null), patience);

    /// <summary>Once nothing has been read for a while: what was hinted at during a reading is taken up a second after it.</summary>
    public static async Task RestAsync(Person rep)
    {
        for (string? known = null, read = ""; known != read;)
        {
            known = read;
            await Task.Delay(TimeSpan.FromSeconds(3), Ct);
            read = (await LookAsync(rep))["sources"]!.ToJsonString();
        }
    }

    public static async Task<List<ListEntryRow>> ListAsync(World world, Person rep)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(Ct);
        return await store.ListEntries.AsNoTracking().Where(x => x.OwnerId == rep.Id && x.RemovedAt == null).OrderBy(x => x.Entry).ToListAsync(Ct);
    }

    public static async Task<string[]> EntriesAsync(World world, Person rep) => [.. (await ListAsync(world, rep)).Select(x => x.Entry)];

    public static Task ListWhenAsync(World world, Person rep, params string[] entries) =>
        World.UntilAsync(async () => (await EntriesAsync(world, rep)).SequenceEqual(entries.Order(StringComparer.Ordinal)));

    private static async Task DeleteAsync(World world, Person rep, string what, string id)
    {
        using var answer = await world.Simulator.DeleteAsync($"/sim/{what}/{Uri.EscapeDataString(id)}?user={rep.Address}", Ct);
        answer.EnsureSuccessStatusCode();
    }
}
