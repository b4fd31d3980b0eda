using CsvHelper;

namespace InboxGate.Web.History;

/// <summary>Finished days as RFC 4180, UTF-8 with a mark so that spreadsheets read it right, safe against formulas.</summary>
public static class HistoryCsv
{
    private static readonly CsvWriterOptions Options = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
        TrueValue = "true",
        FalseValue = "false",
    };

    public static byte[] Write(IEnumerable<HistoryDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            csv.WriteHeader(
                "date", "timeZone", "working", "calls", "callsGoal", "emails", "emailsGoal", "meetings", "meetingsGoal", "answeredEarned", "answeredEarly");
            foreach (var day in days)
            {
                csv.WriteField(day.Date, "yyyy-MM-dd");
                csv.WriteField(day.TimeZone);
                csv.WriteField(day.Working);
                foreach (var count in (ReadOnlySpan<int>)[
                    day.Calls, day.CallsGoal, day.Emails, day.EmailsGoal, day.Meetings, day.MeetingsGoal, day.AnsweredEarned, day.AnsweredEarly])
                {
                    csv.WriteField(count, default);
                }

                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }
}
