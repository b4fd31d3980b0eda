using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator;
using InboxGate.Web.People;
using InboxGate.Web.Privacy;
using InboxGate.Web.Tests.Marks;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Tests.Privacy;

/// <summary>A rep's copy of everything that is kept about them, from every table of the model.</summary>
public sealed class RepExportTests(PostgresServer postgres)
{
    private static readonly Guid Tenant = new SimulatorOptions().TenantId;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Database> Databases => new(Database.Sqlite, Database.Postgres);

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_row_and_every_field_about_the_rep_is_in_both_files_and_nothing_about_others(Database database)
    {
        await using var world = await StartAsync(database);
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        await EnrolledAsync(world, "otto@contoso.com");

        var json = await TextAsync(mira, "/api/rep/export");
        using var zipped = await mira.SendAsync(HttpMethod.Get, "/api/rep/export?format=csv");
        using var zip = new ZipArchive(await zipped.Content.ReadAsStreamAsync(Ct));

        Assert.DoesNotContain("otto@contoso.com", json, StringComparison.OrdinalIgnoreCase);
        var document = JsonNode.Parse(json)!;
        Assert.Equal((Tenant, mira.Id), (document["tenant"]!.GetValue<Guid>(), document["rep"]!.GetValue<Guid>()));
        var tables = document["tables"]!.AsObject();
        await using var store = await Marked.StoreAsync(world);
        var kept = await EveryTable.ReadAsync(store);
        // A new table is exported, or somebody says why it holds nothing about a rep.
        Assert.Equal(
            store.Model.GetEntityTypes().Select(x => x.GetTableName()!).Order(StringComparer.Ordinal),
            tables.Select(x => x.Key).Concat(RepExport.NotAboutReps.Keys).Order(StringComparer.Ordinal));
        foreach (var type in store.Model.GetEntityTypes().Where(x => !RepExport.NotAboutReps.ContainsKey(x.GetTableName()!)))
        {
            var table = type.GetTableName()!;
            string[] fields = [.. type.GetProperties().Select(x => char.ToLowerInvariant(x.Name[0]) + x.Name[1..]).Except(["tenantId", "repId", "ownerId"])];
            var rows = tables[table]!.AsArray();
            Assert.Equal(kept.Count(x => x.Table == table && x.Row.Contains(mira.Id.ToString(), StringComparison.OrdinalIgnoreCase)), rows.Count);
            Assert.NotEmpty(rows);
            Assert.All(rows, x => Assert.Equal(fields.Order(StringComparer.Ordinal), x!.AsObject().Select(y => y.Key).Order(StringComparer.Ordinal)));
            var csv = await LinesAsync(zip, table);
            Assert.DoesNotContain(csv, x => x.Contains("otto@contoso.com", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(rows.Count + 1, csv.Count);
            Assert.Equal(fields.Order(StringComparer.Ordinal), csv[0].TrimStart('\uFEFF').Split(',').Order(StringComparer.Ordinal));
        }

        var call = tables["calls"]!.AsArray()[0]!;
        Assert.EndsWith("Z", call["madeAt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("of mira@contoso.com", call["prospect"]!.GetValue<string>(), StringComparison.Ordinal);
        // For a spreadsheet that would take a sender's words for a formula.
        Assert.Contains(await LinesAsync(zip, "gates"), x => x.Contains("'=1+1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exporting_enrols_nobody_and_the_format_follows_what_is_accepted()
    {
        await using var world = await StartAsync(Database.Sqlite);
        var mira = await world.UserAsync("mira@contoso.com");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/rep/export");
        request.Headers.Accept.ParseAdd("application/zip");

        using var zipped = await mira.Api.SendAsync(request, Ct);
        var json = JsonNode.Parse(await TextAsync(mira, "/api/rep/export?format=json"))!;
        using var unknown = await mira.SendAsync(HttpMethod.Get, "/api/rep/export?format=xml");

        Assert.Equal("application/zip", zipped.Content.Headers.ContentType!.MediaType);
        Assert.True(zipped.Headers.CacheControl!.NoStore);
        Assert.All(json["tables"]!.AsObject(), x => Assert.Empty(x.Value!.AsArray()));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        await using var store = await Marked.StoreAsync(world);
        Assert.False(await store.Reps.AnyAsync(Ct));
    }

    [Fact]
    public async Task An_administrator_exports_only_who_has_left_and_so_without_the_mail()
    {
        await using var world = await StartAsync(Database.Sqlite);
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var mira = await EnrolledAsync(world, "mira@contoso.com");
        await using (var store = await Marked.StoreAsync(world))
        {
            await store.Gates.Where(x => x.RepId == mira.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.ErasedAt, (DateTimeOffset?)null), Ct);
        }

        var path = $"/api/tenant/reps/{mira.Id}/export";

        using var early = await admin.SendAsync(HttpMethod.Get, path);
        using var unknown = await admin.SendAsync(HttpMethod.Get, $"/api/tenant/reps/{Guid.NewGuid()}/export");
        await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{mira.Id}");
        var tables = JsonNode.Parse(await TextAsync(admin, path))!["tables"]!;

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (early.StatusCode, unknown.StatusCode));
        Assert.NotEmpty(tables["calls"]!.AsArray());
        Assert.NotEmpty(tables["gates"]!.AsArray());
        Assert.All(tables["gates"]!.AsArray(), x => Assert.Equal((null, null, null, null), (x!["fromName"], x["fromAddress"], x["subject"], x["waiverReason"])));
    }

    private Task<World> StartAsync(Database database) =>
        World.StartAsync(database, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" });

    private static async Task<Person> EnrolledAsync(World world, string address)
    {
        var rep = await world.UserAsync(address);
        await rep.BoardAsync();
        await using var store = await Marked.StoreAsync(world);
        await EveryTable.FillAsync(store, new RepKey(Tenant, rep.Id), address);
        await store.Gates.Where(x => x.RepId == rep.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Subject, "=1+1"), Ct);
        return rep;
    }

    private static async Task<string> TextAsync(Person who, string path)
    {
        using var answer = await who.SendAsync(HttpMethod.Get, path);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".json", answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        return text;
    }

    private static async Task<List<string>> LinesAsync(ZipArchive zip, string table)
    {
        using var reader = new StreamReader(await zip.GetEntry($"{table}.csv")!.OpenAsync(Ct), Encoding.UTF8);
        return [.. (await reader.ReadToEndAsync(Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }
}
