using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Simulator;
using InboxGate.Web.Calls;
using InboxGate.Web.Gates;
using InboxGate.Web.Mail;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Privacy;
using InboxGate.Web.Storage;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tests.Marks;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace InboxGate.Web.Tests.Privacy;

/// <summary>Details go for their age, and nobody is told anything else for it.</summary>
public sealed class RetentionTests(PostgresServer postgres)
{
    private static readonly Guid Tenant = new SimulatorOptions().TenantId;

    /// <summary>A Monday in January.</summary>
    private static readonly DateOnly Enrolled = new(2026, 1, 5);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Sqlite, CountingMode.Shared)]
    [InlineData(Database.Sqlite, CountingMode.OneByOne)]
    [InlineData(Database.Postgres, CountingMode.OneByOne)]
    public async Task Boards_histories_and_teams_say_the_same_as_of_somebody_whose_details_are_all_there(Database database, CountingMode counting)
    {
        await using var world = await StartAsync(database);
        var lena = await world.UserAsync("lena@contoso.com", null, "Manager");
        var (mira, otto) = (await RepAsync(world, "mira@contoso.com", lena, counting), await RepAsync(world, "otto@contoso.com", lena, counting));
        await AreAlikeAsync(mira, otto, lena);

        await TrimAsync(world, mira);

        await AreAlikeAsync(mira, otto, lena);
        await IsTrimmedAsync(world, mira, otto);
        for (var day = 3; day <= 9; day++)
        {
            await world.MoveClockAsync($"2026-03-{day:00}T15:00:00+01:00");
            foreach (var rep in new[] { mira, otto })
            {
                await rep.CallAsync();
                await rep.CallAsync(statement: new JsonObject { ["secondsAgo"] = (long)Kept.TotalSeconds - 60, ["outcome"] = "talked" });
                var call = Guid.NewGuid();
                await rep.CallAsync(call, new JsonObject { ["secondsAgo"] = 5 * 86_400 });
                await rep.JsonAsync(HttpMethod.Put, $"/api/calls/{call}/outcome", new JsonObject { ["outcome"] = "meeting" });
                await rep.CallAsync(call = Guid.NewGuid());
                await rep.JsonAsync(HttpMethod.Delete, $"/api/calls/{call}");
            }

            await TrimAsync(world, mira);
            await AreAlikeAsync(mira, otto, lena);
        }

        await IsTrimmedAsync(world, mira, otto);
    }

    [Fact]
    public async Task A_gate_that_still_waits_keeps_what_it_is_counted_from()
    {
        await using var world = await StartAsync(Database.Sqlite);
        var mira = await RepAsync(world, "mira@contoso.com", null, CountingMode.Shared);
        var friday = At(new DateOnly(2026, 2, 6), 15, 0);
        await using (var store = await Marked.StoreAsync(world))
        {
            // Away since, and for another while: nothing expires before the end of the next working day.
            store.Plans.Add(new PlanRow
            {
                TenantId = Tenant, RepId = mira.Id, SetAt = friday.AddHours(3), CountsFrom = new DateOnly(2026, 2, 7), Margin = 5,
                DaysOff = [.. Enumerable.Range(1, 40).Select(x => new DateOnly(2026, 2, 6).AddDays(x))],
            });
            store.Gates.RemoveRange(await store.Gates.Where(x => x.RepId == mira.Id).ToListAsync(Ct));
            AddGate(store, mira, friday, "waits");
            store.Calls.RemoveRange(await store.Calls.Where(x => x.RepId == mira.Id && x.MadeAt >= friday).ToListAsync(Ct));
            store.Calls.Add(Call(mira, friday.AddMinutes(10), null));
            store.Calls.Add(Call(mira, friday.AddMinutes(20), null));
            await store.SaveChangesAsync(Ct);
        }

        var before = Assert.Single((await mira.BoardAsync())["gates"]!.AsArray())!;
        await TrimAsync(world, mira);
        var after = Assert.Single((await mira.BoardAsync())["gates"]!.AsArray())!;

        Assert.Equal(("pending", 1), (before["state"]!.GetValue<string>(), before["callsRemaining"]!.GetValue<int>()));
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        await using var left = await Marked.StoreAsync(world);
        var since = (await left.Reps.SingleAsync(x => x.RepId == mira.Id, Ct)).DetailsSince;
        Assert.Equal(At(new DateOnly(2026, 2, 6), 0, 0), since);
        Assert.False(await left.Calls.AnyAsync(x => x.RepId == mira.Id && x.MadeAt < since, Ct));
    }

    [Fact]
    public async Task A_leaver_keeps_the_last_day_in_numbers_and_an_old_call_or_mail_is_as_unknown()
    {
        await using var world = await StartAsync(Database.Sqlite);
        var admin = await world.UserAsync("ada@contoso.com", null, "Admin");
        var mira = await RepAsync(world, "mira@contoso.com", null, CountingMode.Shared);
        var old = Guid.NewGuid();
        await using (var store = await Marked.StoreAsync(world))
        {
            store.Calls.Add(Call(mira, At(Enrolled, 9, 0), null, old));
            store.Calls.Add(Call(mira, World.MondayMorning.AddMinutes(-1), null));
            await store.SaveChangesAsync(Ct);
        }

        await TrimAsync(world, mira);
        using var late = await mira.SendAsync(HttpMethod.Put, $"/api/calls/{old}/outcome", new JsonObject { ["outcome"] = "meeting" });
        var verdict = await mira.JsonAsync(HttpMethod.Post, "/api/messages/verdict", new JsonObject
        {
            ["internetMessageId"] = "<old@contoso.com>", ["from"] = new JsonObject { ["address"] = "ann@contoso.com" }, ["receivedAt"] = "2026-01-20T09:00:00Z",
        });
        await admin.JsonAsync(HttpMethod.Delete, $"/api/tenant/reps/{mira.Id}");
        await world.MoveClockAsync("2026-04-20T09:00:00+02:00");
        await TrimAsync(world, mira);

        Assert.Equal((HttpStatusCode.NotFound, null), (late.StatusCode, verdict["gate"]));
        await using var left = await Marked.StoreAsync(world);
        Assert.False(await left.Messages.AnyAsync(x => x.RepId == mira.Id, Ct));
        Assert.False(await left.Calls.AnyAsync(x => x.RepId == mira.Id, Ct));
        Assert.False(await left.Gates.AnyAsync(x => x.RepId == mira.Id, Ct));
        var last = await left.ClosedDays.Where(x => x.RepId == mira.Id).OrderByDescending(x => x.Date).FirstAsync(Ct);
        Assert.Equal((new DateOnly(2026, 3, 2), 1), (last.Date, last.Calls));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_job_finds_whoever_is_due_on_several_servers_and_counts_what_goes(Database database)
    {
        await using var world = await StartAsync(database, "00:00:01");
        using var counted = new MetricCollector<long>(
            world.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), MailboxMetrics.MeterName, RetentionMetrics.Rows);
        if (database == Database.Postgres)
        {
            await world.AddServerAsync();
        }

        var mira = await RepAsync(world, "mira@contoso.com", null, CountingMode.Shared);
        // Else a look that began before there were details would count as one at them.
        await UntilCheckedAsync(world, mira, x => true);
        await using (var store = await Marked.StoreAsync(world))
        {
            await store.Reps.Where(x => x.RepId == mira.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.DetailsCheckedAt, (DateTimeOffset?)null), Ct);
        }

        await UntilCheckedAsync(world, mira, x => x.DetailsSince is not null);

        await using var left = await Marked.StoreAsync(world);
        var rep = await left.Reps.SingleAsync(x => x.RepId == mira.Id, Ct);
        Assert.False(await left.Calls.AnyAsync(x => x.RepId == mira.Id && x.MadeAt < rep.DetailsSince, Ct));
        Assert.True(await left.Calls.AnyAsync(x => x.RepId == mira.Id, Ct));
        if (database == Database.Sqlite)
        {
            Assert.Contains(counted.GetMeasurementSnapshot(), x => (string)x.Tags["table"]! == "calls" && x.Value > 100);
        }
    }

    [Theory, InlineData("6.23:59:59", false), InlineData("7.00:00:00", true), InlineData("90.00:00:00", true), InlineData("3651.00:00:00", false)]
    public void Details_of_days_that_late_calls_still_reach_are_never_too_old(string details, bool isValid)
    {
        var options = new RetentionOptions { Details = TimeSpan.Parse(details, CultureInfo.InvariantCulture) };
        List<ValidationResult> problems = [];

        Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true));
        Assert.All(problems, x => Assert.Contains("Retention:Details must lie between 7 and 3650 days", x.ErrorMessage, StringComparison.Ordinal));
    }

    private Task<World> StartAsync(Database database, string pace = "1.00:00:00") => World.StartAsync(database, postgres, settings: new Dictionary<string, string?>
    {
        ["Mailbox:Watch"] = "false",
        ["Retention:Details"] = "7.00:00:00",
        ["Retention:SweepInterval"] = pace,
    });

    private static Task UntilCheckedAsync(World world, Person person, Func<RepRow, bool> isSo) => World.UntilAsync(async () =>
    {
        await using var store = await Marked.StoreAsync(world);
        return await store.Reps.AsNoTracking().SingleAsync(x => x.RepId == person.Id, Ct) is { DetailsCheckedAt: not null } rep && isSo(rep);
    });

    private static async Task TrimAsync(World world, Person rep) => await world.Services.GetRequiredService<Retention>().TrimAsync(
        new RepKey(Tenant, rep.Id), world.Services.GetRequiredService<TimeProvider>().GetUtcNow(), Ct);

    /// <summary>What boards, histories and the team page say of both, but for ids and revisions.</summary>
    private static async Task AreAlikeAsync(Person one, Person other, Person manager)
    {
        // The control's board is asked for first: the day may be closed by it.
        Assert.Equal(Said(await other.BoardAsync()), Said(await one.BoardAsync()));
        const string History = "/api/history?from=2026-01-05";
        Assert.Equal((await other.JsonAsync(HttpMethod.Get, History)).ToJsonString(), (await one.JsonAsync(HttpMethod.Get, History)).ToJsonString());
        var team = (await manager.JsonAsync(HttpMethod.Get, "/api/team"))["reps"]!.AsArray();
        Assert.Equal(2, team.Count);
        Assert.Equal(Said(team[0]!), Said(team[1]!));
    }

    private static string Said(JsonNode answer)
    {
        var said = answer.DeepClone().AsObject();
        foreach (var name in new[] { "revision", "asOf", "rep", "name" })
        {
            said.Remove(name);
        }

        foreach (var gate in said["gates"]?.AsArray() ?? [])
        {
            gate!.AsObject().Remove("id");
        }

        return said.ToJsonString();
    }

    private static async Task IsTrimmedAsync(World world, Person rep, Person control)
    {
        await using var store = await Marked.StoreAsync(world);
        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var since = (await store.Reps.SingleAsync(x => x.RepId == rep.Id, Ct)).DetailsSince!.Value;
        // Whole days: the last one may have begun a day before it is old enough.
        Assert.InRange(since, now - Kept - TimeSpan.FromDays(2), now - Kept);
        Assert.False(await store.Calls.AnyAsync(x => x.RepId == rep.Id && x.MadeAt < since, Ct));
        Assert.False(await store.SentMessages.AnyAsync(x => x.RepId == rep.Id && x.SentAt < since, Ct));
        Assert.False(await store.Messages.AnyAsync(x => x.RepId == rep.Id && x.ReceivedAt < since, Ct));
        Assert.False(await store.Outreach.AnyAsync(x => x.RepId == rep.Id && x.SentAt < since, Ct));
        Assert.False(await store.Gates.AnyAsync(x => x.RepId == rep.Id && x.ErasedAt < since, Ct));
        Assert.Equal(
            await store.Calls.CountAsync(x => x.RepId == control.Id && x.MadeAt >= since, Ct), await store.Calls.CountAsync(x => x.RepId == rep.Id, Ct));
        Assert.Equal(await store.ClosedDays.CountAsync(x => x.RepId == control.Id, Ct), await store.ClosedDays.CountAsync(x => x.RepId == rep.Id, Ct));
    }

    /// <summary>Two months of calls, mail and gates, the same for each rep; no day of them is closed yet.</summary>
    private static async Task<Person> RepAsync(World world, string address, Person? manager, CountingMode counting)
    {
        var rep = await world.UserAsync(address);
        await rep.BoardAsync();
        await using var store = await Marked.StoreAsync(world);
        var row = await store.Reps.SingleAsync(x => x.RepId == rep.Id, Ct);
        (row.EnrolledAt, row.ClosedThrough, row.ClosedUntil) = (At(Enrolled, 0, 0), Enrolled.AddDays(-1), null);
        (row.TimeZone, row.Watch, row.ManagerId) = ("Europe/Berlin", Core.Boards.WatchState.Watching, manager?.Id);
        row.PlaceInTeam();
        await store.ClosedDays.Where(x => x.RepId == rep.Id).ExecuteDeleteAsync(Ct);
        store.Policies.Add(new PolicyRow { TenantId = Tenant, Scope = Scope.Rep, OwnerId = rep.Id, Counting = counting, SetAt = row.EnrolledAt });
        foreach (var (unit, period, amount) in new[] { (TargetUnit.Calls, TargetPeriod.Quarter, 700), (TargetUnit.Calls, TargetPeriod.Week, 60), (TargetUnit.Emails, TargetPeriod.Month, 40) })
        {
            store.Targets.Add(new TargetRow
            {
                TenantId = Tenant, Scope = Scope.Rep, OwnerId = rep.Id, TargetId = Guid.NewGuid(), Unit = unit, Period = period, Amount = amount,
                From = Enrolled, SetAt = row.EnrolledAt, SetBy = Guid.NewGuid(),
            });
        }

        var random = new Random(7);
        for (var date = Enrolled; date < new DateOnly(2026, 3, 2); date = date.AddDays(1))
        {
            AddDay(store, rep, date, random);
        }

        await store.SaveChangesAsync(Ct);
        return rep;
    }

    private static void AddDay(Store store, Person rep, DateOnly date, Random random)
    {
        for (var i = random.Next(20); i > 0; i--)
        {
            store.Calls.Add(Call(rep, At(date, random.Next(7, 18), random.Next(60)).AddSeconds(i), random.Next(5) == 0 ? CallOutcome.Meeting : null));
        }

        for (var i = random.Next(4); i > 0; i--)
        {
            var conversation = $"mine {date:O} {i}";
            var at = At(date, 11, i);
            store.SentMessages.Add(Sent(rep, at, conversation, isProspecting: true));
            store.Outreach.Add(new OutreachRow { TenantId = Tenant, RepId = rep.Id, ConversationId = conversation, AddressHash = "hash", SentAt = at });
        }

        for (var i = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 2; i > 0; i--)
        {
            var gate = AddGate(store, rep, At(date, 9 + (3 * i), random.Next(60)), $"{date:O} {i}");
            switch (random.Next(3))
            {
                case 0:
                    gate.AnsweredAt = gate.ReceivedAt.AddHours(1.5);
                    gate.Erase();
                    store.SentMessages.Add(Sent(rep, gate.AnsweredAt.Value, gate.ConversationId!, isProspecting: false));
                    break;
                case 1:
                    (gate.WaivedAt, gate.WaiverReason) = (gate.ReceivedAt.AddHours(1), "A customer waits");
                    break;
                default:
                    // Nobody answers: it expires.
                    break;
            }
        }
    }

    private static GateRow AddGate(Store store, Person rep, DateTimeOffset at, string conversation)
    {
        var gate = new GateRow
        {
            TenantId = Tenant, RepId = rep.Id, GateId = Guid.CreateVersion7(), InternetMessageId = $"<{conversation}>", ConversationId = conversation,
            FromName = "Ann", FromAddress = "ann@contoso.com", Subject = "A question", SenderKind = SenderKind.Colleague, MadeKind = SenderKind.Colleague,
            Reason = VerdictReason.TenantDomain, CallsRequired = 3, MadeCallsRequired = 3, ReceivedAt = at, OpenedAt = at,
        };
        store.Gates.Add(gate);
        store.Messages.Add(new MessageRow
        {
            TenantId = Tenant, RepId = rep.Id, InternetMessageId = gate.InternetMessageId, ConversationId = conversation, ReceivedAt = at, GateId = gate.GateId,
        });
        return gate;
    }

    private static CallRow Call(Person rep, DateTimeOffset at, CallOutcome? outcome, Guid? id = null) =>
        new() { TenantId = Tenant, RepId = rep.Id, CallId = id ?? Guid.NewGuid(), MadeAt = at, LoggedAt = at, Outcome = outcome };

    private static SentMessageRow Sent(Person rep, DateTimeOffset at, string conversation, bool isProspecting) => new()
    {
        TenantId = Tenant, RepId = rep.Id, InternetMessageId = $"<{Guid.NewGuid()}>", ConversationId = conversation, SentAt = at, Prospecting = isProspecting, ByHand = true,
    };

    /// <summary>In Berlin, in winter.</summary>
    private static DateTimeOffset At(DateOnly date, int hour, int minute) =>
        new DateTimeOffset(date, new TimeOnly(hour, minute), TimeSpan.FromHours(1)).ToUniversalTime();
}
