using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Plan;

/// <summary>The days off in a calendar file (iCalendar, RFC 5545): its events of whole days. The one place that names the parser's types.</summary>
/// <param name="Days">By date, each once; of several events on one day the first names it.</param>
/// <param name="PassedOver">In the order of the file.</param>
public sealed record HolidayFile(IReadOnlyList<Holiday> Days, IReadOnlyList<PassedOver> PassedOver)
{
    public const int MostEvents = 1_000;
    public const int MostDays = 1_000;

    /// <summary>A rule that names no day is looked at no longer than this.</summary>
    private static readonly EvaluationOptions Patience = new() { MaxUnmatchedIncrementsLimit = 1_500 };

    /// <summary>Rules are followed from their first day on: one that began long ago would be long work.</summary>
    private static readonly DateOnly EarliestRule = new(1900, 1, 1);

    /// <param name="first">The first day that is taken; what repeats is followed from here.</param>
    /// <param name="last">The last one.</param>
    /// <exception cref="RefusalException">It is not a calendar, or too much at once.</exception>
    public static HolidayFile Parse(byte[] file, DateOnly first, DateOnly last)
    {
        var events = Load(Text(file)).SelectMany(x => x.Events).ToList();
        if (events.Count > MostEvents)
        {
            throw TooMany();
        }

        var moved = events.Where(x => x.RecurrenceIdentifier is not null).Select(x => (x.Uid, x.RecurrenceIdentifier!.StartTime.Date)).ToHashSet();
        var days = new SortedDictionary<DateOnly, string>();
        var passedOver = new List<PassedOver>();
        foreach (var one in events)
        {
            var name = HolidayName.Tidy(one.Summary);
            if ((name is null ? "It has no name." : Take(one, name)) is { } why)
            {
                passedOver.Add(new PassedOver(name ?? "(no name)", why));
            }
        }

        return new HolidayFile([.. days.Select(x => new Holiday(x.Key, x.Value))], passedOver);

        string? Take(CalendarEvent one, string name)
        {
            if (WhyNot(one) is { } why)
            {
                return why;
            }

            var isTaken = false;
            foreach (var day in DaysOf(one, moved, first, last))
            {
                isTaken = true;
                days.TryAdd(day, name);
                if (days.Count > MostDays)
                {
                    throw TooMany();
                }
            }

            return isTaken ? null : string.Create(CultureInfo.InvariantCulture, $"It is on no day between {first:yyyy-MM-dd} and {last:yyyy-MM-dd}.");
        }
    }

    private static string Text(byte[] file)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(file), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw NotACalendar("Its letters are not in UTF-8. Export the calendar again as an .ics file.");
        }
    }

    private static CalendarCollection Load(string text)
    {
        CalendarCollection? found = null;
        try
        {
            using var reader = new StringReader(text);
            found = CalendarCollection.Load(reader);
        }
#pragma warning disable CA1031 // The parser knows no exception of its own: in whatever way it ends, the text is no calendar.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        return found is { Count: > 0 } ? found : throw NotACalendar("Export the calendar as an .ics file and send that.");
    }

    private static string? WhyNot(CalendarEvent one) =>
        !one.IsActive ? "It is cancelled."
        : one.DtStart is not { } start ? "It has no date that can be read."
        : start.HasTime || one.DtEnd is { HasTime: true } ? "It is not a whole day."
        : one.Properties.Count(x => x.Name is "RRULE" or "EXRULE") is > 1 ? "It repeats by more than one rule."
        : one.RecurrenceRule is { } rule && (rule.Frequency < FrequencyType.Daily || start.Date < EarliestRule) ? "It repeats in a way that days off do not."
        : null;

    /// <summary>None when they cannot be worked out.</summary>
    /// <param name="moved">Repetitions which another event of the file stands for.</param>
    private static List<DateOnly> DaysOf(CalendarEvent one, HashSet<(string? Uid, DateOnly Date)> moved, DateOnly first, DateOnly last)
    {
        var days = new List<DateOnly>();
        try
        {
            foreach (var time in one.GetOccurrences(new CalDateTime(first), Patience).Select(x => x.Period))
            {
                var start = time.StartTime.Date;
                if (start > last || days.Count > MostDays)
                {
                    break;
                }

                if (time.StartTime.HasTime || (one.RecurrenceIdentifier is null && moved.Contains((one.Uid, start))))
                {
                    continue;
                }

                // The end is the first day after; some programs write the day itself.
                var end = time.EffectiveEndTime?.Date is { } after && after > start ? after.AddDays(-1) : start;
                for (var day = start < first ? first : start; day <= end && day <= last; day = day.AddDays(1))
                {
                    days.Add(day);
                }
            }
        }
        catch (Exception beyond) when (beyond is EvaluationException or ArgumentException or InvalidOperationException)
        {
            // It names dates that there are not. What was found before stands.
        }

        return days;
    }

    private static RefusalException NotACalendar(string detail) =>
        RefusalException.Unprocessable("not-a-calendar", "That file could not be read as a calendar.", detail);

    private static RefusalException TooMany() => RefusalException.Unprocessable(
        "holidays-too-many", "That file holds too much.", "Send a calendar of holidays alone: at most 1000 events and 1000 days.");
}

/// <param name="Why">In words for the person who sent the file.</param>
public sealed record PassedOver(string Name, string Why);
