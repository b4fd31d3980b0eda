using System.Net;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Calls;

/// <summary>Calls that are written together, where others write too.</summary>
public sealed class PostgresCallsTests(PostgresServer postgres)
{
    [Fact]
    public async Task The_call_of_a_rep_who_is_written_to_waits_and_nobody_elses_does()
    {
        await using var world = await World.StartAsync(Database.Postgres, postgres);
        var (mira, tom) = (await EnrolledAsync(world, "mira@contoso.com"), await EnrolledAsync(world, "tom@contoso.com"));
        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await using var writing = await store.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await store.Reps.Where(x => x.RepId == mira.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), TestContext.Current.CancellationToken);

        var waiting = mira.CallAsync();
        var boards = await Task.WhenAll(tom.CallAsync(), tom.CallAsync(), tom.CallAsync());

        Assert.Contains(boards, x => x["counts"]!["calls"]!.GetValue<int>() == 3);
        Assert.False(waiting.IsCompleted);
        await writing.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await waiting)["counts"]!["calls"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_call_that_comes_to_two_servers_at_once_is_made_once_and_raises_the_revision_once()
    {
        await using var world = await World.StartAsync(Database.Postgres, postgres, settings: new Dictionary<string, string?> { ["Mailbox:Watch"] = "false" });
        var other = World.AddressOf(await world.AddServerAsync());
        var mira = await world.UserAsync("mira@contoso.com");
        using var elsewhere = new HttpClient { BaseAddress = other };
        elsewhere.DefaultRequestHeaders.Authorization = mira.Api.DefaultRequestHeaders.Authorization;
        var before = (await mira.BoardAsync())["revision"]!.GetValue<long>();
        const int Calls = 60;

        for (var i = 0; i < Calls; i++)
        {
            var call = new Uri($"/api/calls/{Guid.NewGuid()}", UriKind.Relative);
            var answers = await Task.WhenAll(new[] { mira.Api, elsewhere, mira.Api, elsewhere }.Select(async x =>
            {
                using var answer = await x.PutAsync(call, null, TestContext.Current.CancellationToken);
                return answer.StatusCode;
            }));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created], answers.Order());
        }

        var board = await mira.BoardAsync();
        Assert.Equal((Calls, before + Calls), (board["counts"]!["calls"]!.GetValue<int>(), board["revision"]!.GetValue<long>()));
    }

    private static async Task<Person> EnrolledAsync(World world, string address)
    {
        var rep = await world.UserAsync(address);
        await World.BoardWhenAsync(rep, board => board["gate"]!["on"]!.GetValue<bool>());
        return rep;
    }
}
