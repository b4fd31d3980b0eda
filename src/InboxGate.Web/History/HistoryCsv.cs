using InboxGate.Web.Files;

namespace InboxGate.Web.History;

/// <summary>Finished days, one line each.</summary>
public static class HistoryCsv
{
    public static byte[] Write(IEnumerable<HistoryDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return SafeCsv.Write(csv =>
        {
            csv.WriteHeader(
                "date", "timeZone", "working", "calls", "callsGoal", "emails", "emailsGoal", "meetings", "meetingsGoal", "answeredEarned", "answeredEarly");
            foreach (var day in days)
            {
                csv.WriteField(day.Date, "yyyy-MM-dd");
                csv.WriteField(day.TimeZone);
                csv.WriteField(day.Working);
                csv.WriteFields(
                    day.Calls, day.CallsGoal, day.Emails, day.EmailsGoal, day.Meetings, day.MeetingsGoal, day.AnsweredEarned, day.AnsweredEarly);
                csv.EndRecord();
            }
        });
    }
}
