using InboxGate.Web.Team;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace InboxGate.Web.Tests.Team;

/// <summary>How often a team's pages are told, by a clock in hand.</summary>
public sealed class TeamNewsTests
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Manager = Guid.NewGuid();
    private readonly FakeTimeProvider clock = new();
    private readonly List<(string Team, TimeSpan At)> told = [];
    private readonly TeamNews news;

    public TeamNewsTests()
    {
        var start = clock.GetUtcNow();
        var clients = new Mock<IHubClients>();
        clients.Setup(x => x.Group(It.IsAny<string>())).Returns((string team) =>
        {
            var pages = new Mock<IClientProxy>();
            pages.Setup(x => x.SendCoreAsync(TeamHub.Changed, It.Is<object?[]>(arguments => arguments.Length == 0), It.IsAny<CancellationToken>()))
                .Returns(() =>
                {
                    told.Add((team, clock.GetUtcNow() - start));
                    return Task.CompletedTask;
                });
            return pages.Object;
        });
        var hub = new Mock<IHubContext<TeamHub>>();
        hub.Setup(x => x.Clients).Returns(clients.Object);
        news = new TeamNews(hub.Object, clock, NullLogger<TeamNews>.Instance);
    }

    [Fact]
    public void The_first_change_is_told_at_once_and_a_storm_at_most_twice_a_second()
    {
        for (var number = 0; number < 1000; number++)
        {
            news.Tell(Tenant, Manager);
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        clock.Advance(TimeSpan.FromMinutes(1));

        // Ten seconds of it: at 0, 0.5, ... 10.
        Assert.Equal(Enumerable.Range(0, 21).Select(x => TimeSpan.FromSeconds(x / 2.0)), told.Select(x => x.At));
    }

    [Fact]
    public void The_last_change_is_never_lost()
    {
        news.Tell(Tenant, Manager);
        news.Tell(Tenant, Manager);
        Assert.Single(told);

        clock.Advance(TeamNews.Pause);

        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void After_a_quiet_while_the_next_one_is_told_at_once_again()
    {
        news.Tell(Tenant, Manager);
        clock.Advance(TeamNews.Pause);

        news.Tell(Tenant, Manager);

        Assert.Equal([TimeSpan.Zero, TeamNews.Pause], told.Select(x => x.At));
    }

    [Fact]
    public void Teams_do_not_wait_for_each_other()
    {
        news.Tell(Tenant, Manager);
        news.Tell(Tenant, Guid.NewGuid());
        news.Tell(Guid.NewGuid(), Manager);

        Assert.Equal(3, told.Select(x => x.Team).Distinct().Count());
    }
}
