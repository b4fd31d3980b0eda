using System.Globalization;

namespace InboxGate.Core.Prospects;

/// <summary>Why somebody is the next to call, in English: the fallback for panes that have no words of their own.</summary>
public static class NextCallWords
{
    public static string Because(NextCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return string.Create(CultureInfo.InvariantCulture, $"{Reason(call)}; it is {call.LocalTime:H:mm} there.");
    }

    private static string Reason(NextCall call) => call.Reason switch
    {
        CallReason.FollowUpDue => call.Days == 0 ? "Follow-up due today" : $"Follow-up due {Days(call.Days)} ago",
        CallReason.NeverContacted => "Not contacted yet",
        _ when call.Who.LastContact!.By == ContactBy.Mail => call.Days == 0 ? "You wrote today" : $"You wrote {Days(call.Days)} ago",
        _ => $"Not called for {Days(call.Days)}",
    };

    private static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
}
