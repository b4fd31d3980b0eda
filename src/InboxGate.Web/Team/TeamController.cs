using System.Security.Cryptography;
using System.Text.Json;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;
using InboxGate.Web.Boards;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Team;

/// <summary>What a manager sees: counts against what was asked, without margins, mail, waivers or times.</summary>
[ApiController]
[Authorize(EntraSignIn.ManagerRole)]
[Route("api/team")]
public sealed class TeamController(TeamReading teams, IOptionsMonitor<TeamOptions> options, IOptions<JsonOptions> json, TimeProvider clock) : ControllerBase
{
    /// <summary>The team as it stands now, by name. With the tag of one that still holds: 304.</summary>
    /// <param name="transitive">Also the teams of those in the team.</param>
    [HttpGet]
    [ProducesResponseType<TeamAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<ActionResult<TeamAnswer>> Get(bool transitive, CancellationToken ct)
    {
        var team = await ReadAsync(transitive, ct);
        var tag = TagOf(team);
        Response.Headers.ETag = tag;
        Response.Headers.CacheControl = "private, no-cache";
        return EntityTags.IsKnown(Request, tag) ? StatusCode(StatusCodes.Status304NotModified) : team;
    }

    /// <summary>The same as a file of comma-separated values.</summary>
    [HttpGet("csv")]
    [Produces("text/csv")]
    public async Task<FileContentResult> GetCsv(bool transitive, CancellationToken ct)
    {
        var team = await ReadAsync(transitive, ct);
        return File(TeamCsv.Write(team), "text/csv; charset=utf-8", $"inboxgate-team-{team.AsOf:yyyy-MM-dd}.csv");
    }

    private async Task<TeamAnswer> ReadAsync(bool transitive, CancellationToken ct)
    {
        var members = await teams.ReadAsync(User.Rep(), transitive, ct);
        var individual = options.CurrentValue.IndividualView;
        return new TeamAnswer(
            clock.GetUtcNow(),
            individual,
            members.Count,
            individual || CanHide(members) ? TeamTotals.Of(members) : null,
            individual ? [.. members.OrderBy(x => x.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(x => x.RepId).Select(TeamRep.Of)] : []);
    }

    /// <summary>There are enough of them, and enough of those further down: with the direct reports' totals beside, theirs can be worked out.</summary>
    private static bool CanHide(IReadOnlyCollection<TeamMember> members)
    {
        var deeper = members.Count(x => !x.IsDirect);
        return members.Count >= TeamOptions.FewestReps && (deeper == 0 || deeper >= TeamOptions.FewestReps);
    }

    /// <summary>Of all that is drawn but the time of drawing it.</summary>
    private string TagOf(TeamAnswer team) =>
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(team with { AsOf = default }, json.Value.JsonSerializerOptions)).AsSpan(0, 16))}\"";
}

/// <param name="Individual">Whether single reps are shown.</param>
/// <param name="Totals">Null while there are too few reps to hide in.</param>
public sealed record TeamAnswer(DateTimeOffset AsOf, bool Individual, int Size, TeamTotals? Totals, IReadOnlyList<TeamRep> Reps);

/// <param name="OnTrack">How many reps are on track with every target of theirs.</param>
public sealed record TeamTotals(TeamCounts Counts, BoardGoals Goals, int OnTrack)
{
    public static TeamTotals Of(IReadOnlyCollection<TeamMember> members) => new(
        new TeamCounts(
            members.Sum(x => x.Standing.Counts.Calls), members.Sum(x => x.Standing.Counts.Emails), members.Sum(x => x.Standing.Counts.Meetings)),
        new BoardGoals(
            members.Sum(x => x.Standing.Goals.Calls), members.Sum(x => x.Standing.Goals.Emails), members.Sum(x => x.Standing.Goals.Meetings)),
        members.Count(x => x.Standing.IsOnTrack));
}

public sealed record TeamCounts(int Calls, int Emails, int Meetings);

/// <param name="Date">The rep's local day.</param>
/// <param name="Goals">Worked out without the rep's margin.</param>
public sealed record TeamRep(
    Guid Rep, string? Name, DateOnly Date, TeamCounts Counts, BoardGoals Goals, IReadOnlyList<TeamTarget> Targets, bool OnTrack)
{
    public static TeamRep Of(TeamMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var standing = member.Standing;
        return new TeamRep(
            member.RepId,
            member.Name,
            standing.Today,
            new TeamCounts(standing.Counts.Calls, standing.Counts.Emails, standing.Counts.Meetings),
            standing.Goals,
            [.. standing.Targets.Select(TeamTarget.Of)],
            standing.IsOnTrack);
    }
}

/// <param name="Amount">As asked of a whole period.</param>
/// <param name="Due">Of it in the (dated) period: pro rata where the target began inside it.</param>
/// <param name="Done">Today included.</param>
/// <param name="Pace">What an even pace would have brought before today.</param>
/// <param name="Reachable">False when the days left cannot bring what is left.</param>
public sealed record TeamTarget(
    TargetUnit Unit, TargetPeriod Period, int Amount, DateOnly From, int Due, int Done, int Pace, int WorkingDaysLeft, bool OnTrack, bool Reachable)
{
    public static TeamTarget Of(TargetProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var standing = progress.Standing;
        return new TeamTarget(
            standing.Target.Unit, standing.Target.Period, standing.Target.Amount, standing.Target.From, standing.Amount,
            progress.Done, standing.Pace, standing.WorkingDaysLeft, progress.IsOnTrack, standing.Reachable);
    }
}
