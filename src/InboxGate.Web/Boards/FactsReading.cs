using System.Data.Common;
using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore.Storage;

namespace InboxGate.Web.Boards;

/// <summary>
/// Reads the facts of a rep's board, by few questions of several statements each, which both databases understand. Its cost does
/// not grow with history: finished days are one row each.
/// </summary>
internal static class FactsReading
{
    /// <summary>A streak is read back this many days: more than a year of working days.</summary>
    private const int StreakDays = 400;

    private const string OfRep = """ "TenantId" = @tenant AND "RepId" = @rep""";

    private const string RepText =
        $"""
        SELECT {FactsStamp.Columns}, {FactRows.RepColumns} FROM reps r {FactsStamp.Beside}
        WHERE r."TenantId" = @tenant AND r."RepId" = @rep AND r."ErasingAt" IS NULL
        """;

    private static readonly string PoliciesText =
        $"""
        SELECT {FactRows.PolicyColumns} FROM policies WHERE "TenantId" = @tenant
            AND (("Scope" = {(int)Scope.Tenant} AND "OwnerId" = @tenant) OR ("Scope" = {(int)Scope.Team} AND "OwnerId" = @team)
                OR ("Scope" = {(int)Scope.Rep} AND "OwnerId" = @rep))
        """;

    private static readonly string HolidaysText =
        $"""
        SELECT "Date" FROM holidays
        WHERE "TenantId" = @tenant AND ("Scope" = {(int)Scope.Tenant} OR ("Scope" = {(int)Scope.Team} AND "OwnerId" = @team))
        """;

    private static readonly string TargetsText =
        $"""
        SELECT {FactRows.TargetColumns} FROM targets WHERE "TenantId" = @tenant
            AND (("Scope" = {(int)Scope.Rep} AND "OwnerId" = @rep) OR ("Scope" = {(int)Scope.Team} AND "OwnerId" = @team))
            AND "SetAt" < @saidBy AND ("TakenBackAt" IS NULL OR "TakenBackAt" >= @saidBy)
        ORDER BY "Scope"
        """;

    private const string GatesText = $"""SELECT {FactRows.GateColumns} FROM gates WHERE{OfRep} AND "ErasedAt" IS NULL""";

    private const string LatestPlanText = $"""SELECT {FactRows.PlanColumns} FROM plans WHERE{OfRep} ORDER BY "SetAt" DESC LIMIT 1""";

    private static readonly string SettingsText = string.Join(';', PoliciesText, LatestPlanText, HolidaysText, TargetsText, GatesText);

    private const string ClosedGatesText = $"""SELECT {FactRows.GateColumns} FROM gates WHERE{OfRep} AND "ErasedAt" >= @since""";

    private static readonly string DayText = string.Join(
        ';',
        $"""
        SELECT "CallId", "MadeAt", "Outcome", "Evidence", CASE WHEN EXISTS (
                SELECT 1 FROM prospect_touches p WHERE p."TenantId" = c."TenantId" AND p."RepId" = c."RepId" AND p."Entry" = c."Prospect") THEN "Prospect" END
        FROM calls c WHERE{OfRep} AND "MadeAt" >= @since AND "UndoneAt" IS NULL
        """,
        $"""SELECT "SentAt" FROM sent_messages WHERE{OfRep} AND "Prospecting" AND "SentAt" >= @todayStart""",
        $"""
        SELECT "Date", "Calls", "Emails", "Meetings", "CallsGoal", "AimReached" FROM closed_days
        WHERE{OfRep} AND "Date" < @today ORDER BY "Date" DESC LIMIT {StreakDays}
        """,
        $"""SELECT {FactRows.PlanColumns} FROM plans WHERE{OfRep} AND "CountsFrom" <= @today ORDER BY "SetAt" DESC LIMIT 1""");

    /// <returns>The rep and what tells whether what is read in the same snapshot holds; null when there is no such rep, or they are being erased.</returns>
    public static async Task<(FactsStamp Stamp, RepRow Rep)?> RepAsync(DbTransaction within, RepKey key, CancellationToken ct)
    {
        await using var question = Ask(within, RepText, key);
        await using var answer = await question.ExecuteReaderAsync(ct);
        return await answer.ReadAsync(ct) ? (FactsStamp.Read(answer), FactRows.Rep(new Cells(answer, FactsStamp.ColumnCount))) : null;
    }

    /// <summary>The facts a board at <paramref name="now"/> is drawn from, but for the mailbox's standing, as the store's transaction sees them.</summary>
    /// <param name="saidBy">For a finished day its end (UTC): targets that were asked or taken back later change it no more. Null means now.</param>
    public static async Task<BoardFacts> ReadAsync(Store store, RepRow rep, DateTimeOffset now, CancellationToken ct, DateTimeOffset? saidBy = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var within = store.Database.CurrentTransaction!.GetDbTransaction();
        return (await TodayAsync(within, rep, await SettingsAsync(within, rep, saidBy, ct), now, ct)).Facts;
    }

    /// <summary>What stands whatever the day is.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<RepSettings> SettingsAsync(DbTransaction within, RepRow rep, DateTimeOffset? saidBy, CancellationToken ct)
    {
        await using var question = Ask(within, SettingsText, rep.Key);
        Say(question, "@team", rep.TeamId ?? Guid.Empty);
        // Nothing is taken back later than ever.
        Say(question, "@saidBy", (saidBy ?? DateTimeOffset.MaxValue).UtcTicks);
        await using var answer = await question.ExecuteReaderAsync(ct);
        var policies = await ListAsync(answer, FactRows.Policy, ct);
        var latest = (await NextAsync(answer, FactRows.Plan, ct)).SingleOrDefault();
        var holidays = await NextAsync(answer, x => x.Next<DateOnly>(), ct);
        var targets = await NextAsync(answer, FactRows.Target, ct);
        var gates = await NextAsync(answer, FactRows.Gate, ct);
        var inForce = PolicyReading.InForce(policies);
        return new RepSettings(
            inForce.Policy,
            Working.Calendar(rep, inForce.Hours, [], []),
            Working.Calendar(rep, inForce.Hours, holidays.Concat(latest?.DaysOff ?? []), latest?.HalfDays ?? []),
            [.. TargetReading.Settle(targets).Select(x => x.ToTarget())],
            gates);
    }

    /// <returns>Also the day for which they were read, and since when all calls are among them (UTC).</returns>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<(BoardFacts Facts, DateOnly Today, DateTimeOffset CallsSince)> TodayAsync(
        DbTransaction within, RepRow rep, RepSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var (policy, calendar, gates) = (settings.Policy, settings.Calendar, settings.OpenGates.ToList());
        var today = calendar.DateAt(now);
        var todayStart = calendar.StartOf(today);
        var since = gates.Select(x => x.OpenedAt).Append(todayStart).Min();
        if (policy.Counting == CountingMode.OneByOne)
        {
            // Gates closed since then took calls of their own.
            await using var closedSince = Ask(within, ClosedGatesText, rep.Key);
            Say(closedSince, "@since", since.UtcTicks);
            await using var rows = await closedSince.ExecuteReaderAsync(ct);
            gates.AddRange(await ListAsync(rows, FactRows.Gate, ct));
            since = gates.Select(x => x.OpenedAt).Append(since).Min();
        }

        await using var question = Ask(within, DayText, rep.Key);
        Say(question, "@since", since.UtcTicks);
        Say(question, "@todayStart", todayStart.UtcTicks);
        Say(question, "@today", today);
        await using var answer = await question.ExecuteReaderAsync(ct);
        var calls = await ListAsync(answer, FactRows.Call, ct);
        var emails = await NextAsync(answer, x => x.Instant(), ct);
        var closed = await NextAsync(answer, FactRows.ClosedDay, ct);
        var plan = (await NextAsync(answer, FactRows.Plan, ct)).SingleOrDefault();
        var from = BoardNeeds.EarliestOpenPeriodStart(settings.Targets, today);
        var facts = new BoardFacts(
            rep.Revision,
            calendar,
            policy.On,
            policy.PausedUntil,
            BoardReading.IsOutOfOffice(rep, now),
            rep.Watch,
            policy.Counting,
            gates.ConvertAll(x => x.ToGate()),
            OrderedCalls.Of(calls),
            emails,
            closed.Where(x => x.Date >= from).ToDictionary(x => x.Date, x => x.Done),
            settings.Targets,
            plan?.ToRepPlan() ?? RepPlan.Default,
            closed,
            gates.Count(x => x.WaivedAt is { } at && calendar.DateAt(at) == today),
            BoardMailbox.Well,
            BoardReading.OutOfOfficeChangesAt(rep, now));
        return (facts, today, since);
    }

    private static DbCommand Ask(DbTransaction within, string text, RepKey rep)
    {
        var command = within.Connection!.CreateCommand();
#pragma warning disable CA2100 // The texts are those above.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Transaction = within;
        Say(command, "@tenant", rep.TenantId);
        Say(command, "@rep", rep.RepId);
        return command;
    }

    private static void Say(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static async Task<List<T>> NextAsync<T>(DbDataReader answer, Func<Cells, T> read, CancellationToken ct)
    {
        await answer.NextResultAsync(ct);
        return await ListAsync(answer, read, ct);
    }

    private static async Task<List<T>> ListAsync<T>(DbDataReader answer, Func<Cells, T> read, CancellationToken ct)
    {
        List<T> rows = [];
        while (await answer.ReadAsync(ct))
        {
            rows.Add(read(new Cells(answer)));
        }

        return rows;
    }
}

/// <summary>What stands for a rep whatever the day is.</summary>
/// <param name="Shifts">The rep's hours without any day off, by which days are closed.</param>
/// <param name="Calendar">The same with all days off and half days.</param>
/// <param name="OpenGates">Those whose day is not over.</param>
internal sealed record RepSettings(Policy Policy, WorkCalendar Shifts, WorkCalendar Calendar, IReadOnlyList<Target> Targets, IReadOnlyList<GateRow> OpenGates);
