using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Api;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Isolation;

/// <summary>
/// Nobody is answered with what is somebody else's: random people of two tenants, the same object ids in both, ask every
/// operation that the API describes for each other's things.
/// </summary>
public sealed class IsolationTests(PostgresServer postgres)
{
    private const string Here = "11111111-1111-4111-8111-111111111111";
    private const string There = "77777777-7777-4777-8777-777777777777";

    /// <summary>Within everybody's working hours, before any mailbox was read.</summary>
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-02T12:00:00Z", CultureInfo.InvariantCulture);

    /// <summary>After them there is nobody left to be asked for, and in the other tenant they have the same ids: tried last.</summary>
    private static readonly string[] Erasing = ["DELETE /api/rep", "DELETE /api/tenant/reps/{rep}", "DELETE /api/tenant/reps/{rep}/data"];

    private static readonly Dictionary<string, string?> Settings = new() { ["Entra:Tenants:1"] = There, ["Mailbox:Watch"] = "false" };

    [Theory]
    [InlineData(Database.Sqlite, 8)]
    [InlineData(Database.Postgres, 3)]
    public async Task No_route_answers_with_what_is_anothers_or_changes_it(Database database, int pairs)
    {
        var seed = Environment.GetEnvironmentVariable("ISOLATION_SEED") is { } chosen ? int.Parse(chosen, CultureInfo.InvariantCulture) : 20260302;
        var random = new Random(seed);
        await using var world = await World.StartAsync(database, postgres, Noon, Settings);
        var document = await ApiDocument.ReadAsync(world);
        var people = await PeopleAsync(world, random);
        var strangers = people.SelectMany(asking => people.Where(asking.HasNothingToDoWith).Select(owner => (asking, owner))).ToArray();
        random.Shuffle(strangers);
        // Somebody in another tenant with the very same id, and two in one team, whatever chance brings.
        strangers = [.. strangers.OrderByDescending(x => x.asking.Person.Id == x.owner.Person.Id)];
        var mates = strangers.Where(x => x.asking.Manager is not null && x.asking.Manager == x.owner.Manager);
        foreach (var (asking, owner) in strangers.Take(pairs).Concat(mates.Take(2)))
        {
            var before = await RowsOfAsync(world, owner);
            // The same id may be a rep of one's own here.
            var twin = people.SingleOrDefault(x => x.Tenant == asking.Tenant && x.Person.Id == owner.Person.Id);
            var nobody = new Somebody(world, new Person("", Somebody.NextGuid(random), asking.Person.Api), owner.Tenant, null, random);
            foreach (var operation in document.Operations.Where(x => !Erasing.Contains(x.ToString())))
            {
                var choice = random.Next();
                var theirs = await AskAsync(operation, asking, owner, choice, $"seed {seed}");
                // Whether there is such a thing is not told either; an administrator may ask for themselves as for any rep.
                var nobodys = await AskAsync(operation, asking, nobody, choice, $"seed {seed}");
                if (operation.Method == "GET" && (twin is null || (twin == asking && !operation.IsAdministrators) || asking.HasNothingToDoWith(twin)))
                {
                    Assert.True(theirs == nobodys, $"Seed {seed}: {operation} answered {theirs} to {Named(asking)} for a thing of {Named(owner)}, and {nobodys} for one that there is not.");
                }
            }

            Assert.Equal(before, await RowsOfAsync(world, owner));
        }

        // Those who do have to do with each other are shown no more than that.
        var others = people.SelectMany(asking => people.Where(x => x != asking && !asking.HasNothingToDoWith(x)).Select(owner => (asking, owner))).ToArray();
        random.Shuffle(others);
        foreach (var (asking, owner) in others.Take(pairs / 2))
        {
            foreach (var operation in document.Operations.Where(x => x.Method != "DELETE"))
            {
                await AskAsync(operation, asking, owner, random.Next(), $"seed {seed}");
            }
        }

        var (admin, eve) = (people.First(x => x.Role == "Admin"), people[^1]);
        var (mira, hers) = (people[0], people.Single(x => x.Tenant != people[0].Tenant && x.Person.Id == people[0].Person.Id));
        foreach (var (asking, owner) in new[] { (admin, eve), (mira, hers) })
        {
            var before = await RowsOfAsync(world, owner);
            foreach (var operation in document.Operations.Where(x => Erasing.Contains(x.ToString()) && x.IsAdministrators == (asking.Role == "Admin")))
            {
                await AskAsync(operation, asking, owner, 0, $"seed {seed}");
            }

            Assert.Equal(before, await RowsOfAsync(world, owner));
        }

        // An erasure that takes long goes on after its answer.
        await World.UntilAsync(async () => (await ReadRowsAsync(world, mira)).Count == 0, TimeSpan.FromMinutes(2));

        async Task<int> AskAsync(ApiOperation operation, Somebody asking, Somebody owner, int choice, string story)
        {
            var requests = new ApiRequests(document, owner.Keys(ApiWords.Usual(Noon), asking), new Random(choice));
            var request = requests.Build(operation);
            using var message = request.ToMessage(world.Address, operation.IsAnonymous ? null : asking.Token);
            using var answer = await world.Anonymous.SendAsync(message, TestContext.Current.CancellationToken);
            var text = $"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
            foreach (var somebody in people.Where(x => x != asking))
            {
                foreach (var secret in new[] { somebody.OwnSecret, somebody.TeamSecret, somebody.TenantSecret, somebody.NameSecret })
                {
                    Assert.False(
                        text.Contains(secret, StringComparison.OrdinalIgnoreCase) && !asking.MaySee(somebody, secret),
                        $"{story}: {Named(asking)} was shown {secret} of {Named(somebody)} by {request.ToCurl()}\n{text}");
                }
            }

            return (int)answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task The_secrets_are_where_their_owners_find_them(Database database)
    {
        var random = new Random(7);
        await using var world = await World.StartAsync(database, postgres, Noon, Settings);
        var document = await ApiDocument.ReadAsync(world);
        var people = await PeopleAsync(world, random);
        var shown = new HashSet<string>();
        foreach (var asking in people)
        {
            foreach (var operation in document.Operations.Where(x => x.Method == "GET"))
            {
                using var message = new ApiRequests(document, asking.Keys(ApiWords.Usual(Noon), asking), random).Build(operation).ToMessage(world.Address, asking.Token);
                using var answer = await world.Anonymous.SendAsync(message, TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                shown.UnionWith(people.SelectMany(x => new[] { x.OwnSecret, x.TeamSecret, x.TenantSecret, x.NameSecret }).Where(x => text.Contains(x, StringComparison.OrdinalIgnoreCase)));
            }
        }

        // Else nothing would have been found because there was nothing to find.
        Assert.Superset(people.Select(x => x.OwnSecret).ToHashSet(), shown);
        Assert.Superset(people.Where(x => x.Role == "Manager").Select(x => x.TeamSecret).ToHashSet(), shown);
        Assert.Superset(people.Where(x => x.Role == "Admin").Select(x => x.TenantSecret).ToHashSet(), shown);
        Assert.Superset(people.Where(x => x.Manager is not null).Select(x => x.NameSecret).ToHashSet(), shown);
    }

    [Fact]
    public async Task No_window_is_told_of_what_happens_to_others()
    {
        var random = new Random(11);
        await using var world = await World.StartAsync(Database.Sqlite, postgres, Noon, Settings);
        var people = await PeopleAsync(world, random);
        var windows = new List<(Somebody Of, HubConnection Hub, List<long> Revisions)>();
        var teams = new List<(Somebody Of, HubConnection Hub, int[] Changes)>();
        foreach (var somebody in people)
        {
            var revisions = new List<long>();
            var hub = Connection(world, "/hubs/board", somebody);
            hub.On("revision", (long revision) =>
            {
                lock (revisions)
                {
                    revisions.Add(revision);
                }
            });
            await hub.StartAsync(TestContext.Current.CancellationToken);
            windows.Add((somebody, hub, revisions));
            if (somebody.Role == "Manager")
            {
                var changes = new int[1];
                var team = Connection(world, "/hubs/team?transitive=true", somebody);
                team.On("changed", () => Interlocked.Increment(ref changes[0]));
                await team.StartAsync(TestContext.Current.CancellationToken);
                await World.UntilAsync(() => Task.FromResult(Volatile.Read(ref changes[0]) == 1));
                teams.Add((somebody, team, changes));
            }
        }

        var quiet = await QuietAsync(teams.ConvertAll(x => x.Changes));
        // Only those of one team do something; all others then do one thing, and are told of that first.
        var busy = people.Where(x => x.Manager == people[0].Manager && x.Manager is not null).ToList();
        for (var i = 0; i < 20; i++)
        {
            await busy[random.Next(busy.Count)].Person.CallAsync();
        }

        foreach (var (somebody, _, revisions) in windows.Where(x => !busy.Contains(x.Of)))
        {
            var before = (await somebody.Person.BoardAsync())["revision"]!.GetValue<long>();
            var after = (await somebody.Person.CallAsync())["revision"]!.GetValue<long>();
            await World.UntilAsync(() => Task.FromResult(Told(revisions).Contains(after)));
            // Who has just come is told where they stand, or (0) to look.
            Assert.All(Told(revisions), revision => Assert.True(revision == 0 || revision == before || revision == after, $"{Named(somebody)} stood at {before} and was told {revision}"));
        }

        foreach (var (team, told) in teams.Zip(quiet).Where(x => busy.All(rep => rep.Manager != x.First.Of)))
        {
            var own = people.Count(rep => rep.Manager == team.Of);
            await World.UntilAsync(() => Task.FromResult(Volatile.Read(ref team.Changes[0]) > told));
            Assert.InRange(Volatile.Read(ref team.Changes[0]), told + 1, told + own);
        }

        foreach (var hub in windows.Select(x => x.Hub).Concat(teams.Select(x => x.Hub)))
        {
            await hub.DisposeAsync();
        }

        static List<long> Told(List<long> revisions)
        {
            lock (revisions)
            {
                return [.. revisions];
            }
        }
    }

    /// <summary>How often each was told, once what was told late of the beginning is over.</summary>
    private static async Task<int[]> QuietAsync(IReadOnlyList<int[]> changes)
    {
        var (known, since) = (Array.Empty<int>(), 0);
        await World.UntilAsync(() =>
        {
            var now = changes.Select(x => Volatile.Read(ref x[0])).ToArray();
            (since, known) = (now.SequenceEqual(known) ? since + 1 : 0, now);
            return Task.FromResult(since > 20);
        });
        return known;
    }

    /// <summary>Two managers with their teams, one of two, and an administrator; with the same ids in both tenants.</summary>
    private static async Task<List<Somebody>> PeopleAsync(World world, Random random)
    {
        var people = new List<Somebody>();
        foreach (var tenant in new[] { Here, There })
        {
            var mira = await JoinAsync("mira@contoso.com", null);
            var otto = await JoinAsync("otto@contoso.com", null);
            var nils = await JoinAsync("nils@contoso.com", null);
            var lena = await JoinAsync("lena@contoso.com", "Manager");
            var stan = await JoinAsync("stan@contoso.com", "Manager");
            var ada = await JoinAsync("ada@contoso.com", "Admin");
            (mira.Manager, otto.Manager, nils.Manager) = (lena, lena, stan);
            foreach (var rep in new[] { mira, otto, nils })
            {
                using var placed = await ada.Person.SendAsync(HttpMethod.Put, $"/api/tenant/teams/{rep.Manager!.Person.Id}/{rep.Person.Id}");
                Assert.True(placed.IsSuccessStatusCode);
            }

            foreach (var somebody in new[] { mira, otto, nils, lena, stan, ada })
            {
                await somebody.PlantAsync();
            }

            await lena.AskAsync(mira);
            await stan.AskAsync(nils);
            if (tenant == There)
            {
                // Of this tenant alone.
                await (await JoinAsync("eve@contoso.com", null)).PlantAsync();
            }

            async Task<Somebody> JoinAsync(string address, string? role)
            {
                var known = await world.UserAsync(address);
                // The name is told by the token, and is another in each tenant.
                var somebody = new Somebody(world, known with { Api = world.Api(null) }, Guid.Parse(tenant), role, random);
                somebody.Person.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await world.TokenAsync(new JsonObject
                {
                    ["user"] = address,
                    ["tenant"] = tenant,
                    ["roles"] = role is null ? new JsonArray() : new JsonArray(role),
                    ["claims"] = new JsonObject { ["name"] = $"Plant {somebody.NameSecret}" },
                }));
                await somebody.Person.BoardAsync();
                people.Add(somebody);
                return somebody;
            }
        }

        return people;
    }

    /// <summary>Every row that is somebody's alone.</summary>
    private static async Task<List<string>> RowsOfAsync(World world, Somebody owner)
    {
        var rows = await ReadRowsAsync(world, owner);
        Assert.NotEmpty(rows);
        return rows;
    }

    private static async Task<List<string>> ReadRowsAsync(World world, Somebody owner)
    {
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var connection = store.Database.GetDbConnection();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        foreach (var table in store.Model.GetEntityTypes().Select(x => x.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The model's own names.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                var row = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!);
                if (Is(row, "TenantId", owner.Tenant) && (Is(row, "RepId", owner.Person.Id) || Is(row, "OwnerId", owner.Person.Id)))
                {
                    rows.Add($"{table}: {string.Join('|', row.Values)}");
                }
            }
        }

        return [.. rows.Order(StringComparer.Ordinal)];

        static bool Is(Dictionary<string, string> row, string column, Guid id) =>
            row.TryGetValue(column, out var value) && value.Equals($"{id}", StringComparison.OrdinalIgnoreCase);
    }

    private static HubConnection Connection(World world, string path, Somebody somebody) => new HubConnectionBuilder()
        .WithUrl(new Uri(world.Address, path), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.AccessTokenProvider = () => Task.FromResult<string?>(somebody.Token);
        })
        .Build();

    private static string Named(Somebody somebody) => $"{somebody.Person.Address} ({somebody.Role ?? "Rep"}, {somebody.Tenant})";
}
