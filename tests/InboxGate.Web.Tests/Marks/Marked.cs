using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Marks;

/// <summary>A rep who opted in to marks, the message list as Outlook shows it, and the user's own hand in it.</summary>
internal static class Marked
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>In a tenant that allows it.</summary>
    public static async Task<Person> RepAsync(World world)
    {
        await AllowAsync(world);
        var rep = await world.UserAsync("mira@contoso.com");
        await OptAsync(rep, true);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }

    public static Task AllowAsync(World world) =>
        world.SayAsync("/sim/permissions", new JsonObject { ["granted"] = new JsonArray("Mail.ReadWrite", "MailboxSettings.ReadWrite") });

    public static Task<JsonNode> OptAsync(Person rep, bool isIn) =>
        rep.JsonAsync(HttpMethod.Put, "/api/policy", new JsonObject { ["markMessages"] = isIn });

    public static async Task<string> StandingAsync(Person rep) => StandingOf(await rep.BoardAsync());

    public static Task StandingWhenAsync(Person rep, string expected) => World.BoardWhenAsync(rep, board => StandingOf(board) == expected);

    public static JsonObject Categories(params string[] names) => new() { ["categories"] = new JsonArray([.. names]) };

    public static JsonObject With(this JsonObject message, string name, string value)
    {
        message[name] = value;
        return message;
    }

    public static Task CategoriseAsync(World world, Person rep, string mail, params string[] names) => world.SayAsync(
        "/sim/categories", new JsonObject { ["user"] = rep.Address, ["internetMessageId"] = mail, ["categories"] = new JsonArray([.. names]) });

    public static async Task CategoriesWhenAsync(World world, Person rep, string mail, params string[] expected)
    {
        var last = await UntilAsync(() => CategoriesAsync(world, rep, mail), x => x.SequenceEqual(expected));
        Assert.Equal(expected, last);
    }

    public static async Task<List<string>> CategoriesAsync(World world, Person rep, string mail) =>
        Names((await InboxAsync(world, rep)).Single(x => x["internetMessageId"]!.GetValue<string>() == mail));

    public static async Task<List<JsonNode>> InboxAsync(World world, Person rep) =>
        [.. (await world.Simulator.GetFromJsonAsync<JsonObject>($"/sim/mailbox?user={rep.Address}", Ct))!["inbox"]!.AsArray().Select(x => x!)];

    public static List<string> Names(JsonNode mail) => [.. mail["categories"]!.AsArray().Select(x => x!.GetValue<string>())];

    /// <summary>The mailbox's own list, as Microsoft Graph shows it.</summary>
    public static async Task<Dictionary<string, string>> ColoursAsync(World world, Person rep)
    {
        var list = await GraphAsync(world, rep, HttpMethod.Get, null);
        return list["value"]!.AsArray().ToDictionary(x => x!["displayName"]!.GetValue<string>(), x => x!["color"]!.GetValue<string>(), StringComparer.Ordinal);
    }

    public static Task AddCategoryAsync(World world, Person rep, string name) =>
        GraphAsync(world, rep, HttpMethod.Post, new JsonObject { ["displayName"] = name, ["color"] = "preset0" });

    public static async Task<RepRow> RowAsync(World world, Person rep)
    {
        await using var store = await StoreAsync(world);
        return await store.Reps.AsNoTracking().SingleAsync(x => x.RepId == rep.Id, Ct);
    }

    public static Task<Store> StoreAsync(World world) => world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(Ct);

    /// <summary>The next writes of categories reach the mailbox two seconds late.</summary>
    public static Task HoldWritesAsync(World world, int times) => world.SayAsync("/sim/faults", new JsonObject
    {
        ["kind"] = "delay", ["method"] = "PATCH", ["match"] = "/messages/", ["delaySeconds"] = 2, ["times"] = times,
    });

    /// <summary>Ours have read the categories, and are on their way to write them.</summary>
    public static Task HeldAsync(World world, int times) => UntilAsync(async () =>
        (await world.Simulator.GetFromJsonAsync<JsonObject>("/sim/faults", Ct))!["toCome"]!.AsArray().All(x => x!["times"]!.GetValue<int>() < times));

    public static bool IsWrite(JsonNode request) =>
        request["method"]!.GetValue<string>() == "PATCH" && request["path"]!.GetValue<string>().Contains("/messages/", StringComparison.Ordinal);

    public static bool IsLook(JsonNode request) => request["query"]!.GetValue<string>().Contains("categories", StringComparison.Ordinal);

    public static bool IsOfMarks(JsonNode request) =>
        IsWrite(request) || IsLook(request) || request["path"]!.GetValue<string>().Contains("masterCategories", StringComparison.OrdinalIgnoreCase);

    public static async Task UntilAsync(Func<Task<bool>> isSo) => Assert.True(await UntilAsync(isSo, x => x));

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isSo(seen) || TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                return seen;
            }

            await Task.Delay(50, Ct);
        }
    }

    private static string StandingOf(JsonNode board) => board["mailbox"]!["marks"]!.GetValue<string>();

    private static async Task<JsonNode> GraphAsync(World world, Person rep, HttpMethod method, JsonObject? body)
    {
        var options = new SimulatorOptions();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId.ToString(),
            ["client_secret"] = options.ClientSecret,
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        using var signedIn = await world.Simulator.PostAsync($"/{options.TenantId}/oauth2/v2.0/token", form, Ct);
        var token = JsonNode.Parse(await signedIn.Content.ReadAsStringAsync(Ct))!["access_token"]!.GetValue<string>();
        using var request = new HttpRequestMessage(method, $"/v1.0/users/{rep.Id}/outlook/masterCategories") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await world.Simulator.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
