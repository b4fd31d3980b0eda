using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>Files on their way into a list, and what stands on it then.</summary>
internal static class ImportSending
{
    public const string Own = "/api/prospects/import";

    public static async Task<HttpResponseMessage> SendFileAsync(this Person person, string path, byte[] file, params (string Name, string Value)[] fields)
    {
        using var form = Form(file, fields);
        return await person.Api.PostAsync(path, form, TestContext.Current.CancellationToken);
    }

    public static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(content, "file", "people.csv");
        return form;
    }

    public static Task<JsonNode> ImportAsync(this Person person, string file, params (string Name, string Value)[] fields) => ImportAsync(person, Own, file, fields);

    public static Task<JsonNode> PreviewAsync(this Person person, string file, params (string Name, string Value)[] fields) => ImportAsync(person, Own + "/preview", file, fields);

    public static Task<JsonNode> ImportAsync(this Person person, string path, string file, params (string Name, string Value)[] fields) =>
        ImportAsync(person, path, Encoding.UTF8.GetBytes(file), fields);

    public static async Task<JsonNode> ImportAsync(this Person person, string path, byte[] file, params (string Name, string Value)[] fields)
    {
        using var answer = await person.SendFileAsync(path, file, fields);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Rows, and what became of them: added, updated, unchanged, rejected; removed; conflicts.</summary>
    public static string Counts(this JsonNode report) =>
        $"{report["rows"]}: {report["added"]} {report["updated"]} {report["unchanged"]} {report["rejected"]}, {report["removed"]}, {report["conflicts"]}";

    public static string Problems(this JsonNode report) =>
        string.Join(", ", report["problems"]!.AsArray().Select(x => $"{x!["line"]} {x["code"]}{(x["conflictsWith"] is { } other ? $" {other}" : "")}"));

    public static async Task<IReadOnlyList<ListEntryRow>> ListedAsync(this World world, bool withRemoved = false)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await store.ListEntries.AsNoTracking().Where(x => withRemoved || x.RemovedAt == null).OrderBy(x => x.Entry).ToListAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<string> EntriesAsync(this World world) => string.Join(", ", (await world.ListedAsync()).Select(x => x.Entry).Order(StringComparer.Ordinal));

    public static async Task<long> RevisionAsync(this Person person) => (await person.BoardAsync())["revision"]!.GetValue<long>();

    public static async Task<Person> RepAsync(this World world, string address = "mira@contoso.com")
    {
        var rep = await world.UserAsync(address);
        await World.BoardWhenAsync(rep, x => x["gate"]!["on"]!.GetValue<bool>() && x["today"]!["timeZone"]!.GetValue<string>() == "Europe/Berlin");
        return rep;
    }
}
