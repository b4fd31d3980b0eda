using System.ComponentModel.DataAnnotations;
using InboxGate.Web.Boards;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.Senders;
using InboxGate.Web.Storage;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Prospects.Calling;

/// <summary>Whom the rep is to call next, and what the rep says to that.</summary>
[Route("api/prospects")]
public sealed class NextCallsController(NextCallsReading reading, RepWriter writer, TimeProvider clock) : RepController
{
    private const int LongestWaitDays = 366;

    [HttpGet("next")]
    [ProducesResponseType<NextCalls>(StatusCodes.Status200OK)]
    public Task<NextCalls> Get(CancellationToken ct, [FromQuery, Range(1, 10)] int take = 3) => reading.ReadAsync(Rep, take, ct);

    /// <summary>Puts somebody off, or takes that back; what is left out stays as it is. Repeatable. Answers the next calls then.</summary>
    [HttpPut("{entry}/calling")]
    [Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<NextCalls>(StatusCodes.Status200OK)]
    public async Task<NextCalls> Put(string entry, CallingStatement statement, CancellationToken ct, [FromQuery, Range(1, 10)] int take = 3)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var parsed = SenderEntries.Parse(entry);
        await writer.WriteAsync(Rep, async (store, rep, token) =>
        {
            var today = (await Working.CalendarAsync(store, rep, token)).DateAt(clock.GetUtcNow());
            if (statement.DueOn is { } dueOn && Math.Abs(dueOn.DayNumber - today.DayNumber) > LongestWaitDays)
            {
                throw RefusalException.Unprocessable("due-on", "dueOn is out of reach.", "Send a day within a year.");
            }

            var listed = await KnownProspects.FindAsync(store, rep, parsed.Key, token);
            if (listed is null || await ProspectTouches.FindOrAddAsync(store, rep, listed.Entry, listed, token) is not { } touch)
            {
                throw RefusalException.NotFound("not-listed", "That is no prospect on your lists.", "List them as a prospect first.");
            }

            var before = (touch.DueOn, touch.SkippedOn, touch.Never);
            touch.DueOn = statement.SaysDueOn ? statement.DueOn : touch.DueOn;
            touch.SkippedOn = statement.SkippedToday switch { true => today, false => null, null => touch.SkippedOn };
            touch.Never = statement.Never ?? touch.Never;
            return before != (touch.DueOn, touch.SkippedOn, touch.Never);
        }, ct);
        return await reading.ReadAsync(Rep, take, ct);
    }
}

public sealed record CallingStatement
{
    /// <summary>Not before this day, then first; null takes that back, left out it stays.</summary>
    public DateOnly? DueOn
    {
        get;
        init
        {
            field = value;
            SaysDueOn = true;
        }
    }

    /// <summary>Passed over for today; false takes that back.</summary>
    public bool? SkippedToday { get; init; }

    /// <summary>Not offered any more; false takes that back.</summary>
    public bool? Never { get; init; }

    internal bool SaysDueOn { get; private init; }
}
