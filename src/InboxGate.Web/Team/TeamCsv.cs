using System.Text.Json;
using InboxGate.Core.Boards;
using InboxGate.Core.Plan;
using InboxGate.Web.Files;

namespace InboxGate.Web.Team;

/// <summary>The team as a table: a line for each rep, and for each kind of target how far they are; or the totals alone.</summary>
public static class TeamCsv
{
    private static readonly string[] Columns = ["Due", "Done", "Pace"];

    public static byte[] Write(TeamAnswer team)
    {
        ArgumentNullException.ThrowIfNull(team);
        return team.Individual ? WriteReps(team.Reps) : WriteTotals(team);
    }

    private static byte[] WriteReps(IReadOnlyList<TeamRep> reps) => SafeCsv.Write(csv =>
    {
        var asked = reps.SelectMany(x => x.Targets).Select(x => (x.Unit, x.Period)).Distinct().Order().ToList();
        string[] header =
        [
            "rep", "name", "date", "calls", "callsGoal", "emails", "emailsGoal", "meetings", "meetingsGoal", "onTrack",
            .. asked.Select(x => $"{Camel(x.Unit)}{x.Period}").SelectMany(x => Columns, (kind, column) => kind + column),
        ];
        csv.WriteHeader(header);
        foreach (var rep in reps)
        {
            csv.WriteField(rep.Rep.ToString("D"));
            csv.WriteField(rep.Name);
            csv.WriteField(rep.Date, "yyyy-MM-dd");
            Write(csv, rep.Counts, rep.Goals);
            csv.WriteField(rep.OnTrack);
            foreach (var kind in asked)
            {
                if (rep.Targets.FirstOrDefault(x => (x.Unit, x.Period) == kind) is { } target)
                {
                    csv.WriteFields(target.Due, target.Done, target.Pace);
                }
                else
                {
                    csv.WriteField("");
                    csv.WriteField("");
                    csv.WriteField("");
                }
            }

            csv.EndRecord();
        }
    });

    private static byte[] WriteTotals(TeamAnswer team) => SafeCsv.Write(csv =>
    {
        csv.WriteHeader("reps", "calls", "callsGoal", "emails", "emailsGoal", "meetings", "meetingsGoal", "onTrack");
        if (team.Totals is { } totals)
        {
            csv.WriteFields(team.Size);
            Write(csv, totals.Counts, totals.Goals);
            csv.WriteFields(totals.OnTrack);
            csv.EndRecord();
        }
    });

    private static void Write(CsvHelper.CsvWriter csv, TeamCounts counts, BoardGoals goals) =>
        csv.WriteFields(counts.Calls, goals.Calls, counts.Emails, goals.Emails, counts.Meetings, goals.Meetings);

    private static string Camel(TargetUnit unit) => JsonNamingPolicy.CamelCase.ConvertName(unit.ToString());
}
