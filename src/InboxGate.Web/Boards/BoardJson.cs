using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using InboxGate.Core.Boards;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;

namespace InboxGate.Web.Boards;

/// <summary>
/// A board as the serializer would write it, without what it has to learn about thirty types first: that is a tenth of the
/// time from a start to the first board. Contracts are still told from the types, and a test holds every field to them.
/// </summary>
internal sealed class BoardJson : JsonConverter<Board>
{
    private static readonly JsonEncodedText[] Access = WordsOf(typeof(MailboxAccess));
    private static readonly JsonEncodedText[] GateStates = WordsOf(typeof(GateState));
    private static readonly JsonEncodedText[] Kinds = WordsOf(typeof(SenderKind));
    private static readonly JsonEncodedText[] OffReasons = WordsOf(typeof(GateOffReason));
    private static readonly JsonEncodedText[] Periods = WordsOf(typeof(TargetPeriod));
    private static readonly JsonEncodedText[] Reasons = WordsOf(typeof(VerdictReason));
    private static readonly JsonEncodedText[] States = WordsOf(typeof(CheckpointState));
    private static readonly JsonEncodedText[] Steps = WordsOf(typeof(NextStepKind));
    private static readonly JsonEncodedText[] Units = WordsOf(typeof(TargetUnit));

    public override Board Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Boards are only told.");

    public override void Write(Utf8JsonWriter writer, Board value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        writer.WriteNumber("revision"u8, value.Revision);
        Instant(writer, "asOf"u8, value.AsOf);
        Instant(writer, "nextChangeAt"u8, value.NextChangeAt);
        Gate(writer, value.Gate);
        Today(writer, value.Today);
        Counts(writer, value.Counts);
        Goals(writer, value.Goals);
        Checkpoints(writer, value.Checkpoints);
        NextStep(writer, value.NextStep);
        Gates(writer, value.Gates);
        writer.WriteStartObject("waivers"u8);
        writer.WriteNumber("today"u8, value.Waivers.Today);
        writer.WriteNumber("emergencyLeft"u8, value.Waivers.EmergencyLeft);
        writer.WriteEndObject();
        Targets(writer, value.Targets);
        writer.WriteNumber("streak"u8, value.Streak);
        Mailbox(writer, value.Mailbox);
        WayBack(writer, value.WayBack);
        writer.WriteEndObject();
    }

    private static void Gate(Utf8JsonWriter writer, BoardGate gate)
    {
        writer.WriteStartObject("gate"u8);
        writer.WriteBoolean("on"u8, gate.On);
        if (gate.Why is { } why)
        {
            writer.WriteString("why"u8, OffReasons[(int)why]);
        }
        else
        {
            writer.WriteNull("why"u8);
        }

        writer.WriteEndObject();
    }

    private static void Today(Utf8JsonWriter writer, BoardToday today)
    {
        writer.WriteStartObject("today"u8);
        Day(writer, "date"u8, today.Date);
        writer.WriteString("timeZone"u8, today.TimeZone);
        writer.WriteBoolean("working"u8, today.Working);
        Instant(writer, "startsAt"u8, today.StartsAt);
        Instant(writer, "endsAt"u8, today.EndsAt);
        writer.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter writer, BoardCounts counts)
    {
        writer.WriteStartObject("counts"u8);
        writer.WriteNumber("calls"u8, counts.Calls);
        writer.WriteNumber("emails"u8, counts.Emails);
        writer.WriteNumber("meetings"u8, counts.Meetings);
        writer.WriteNumber("verifiedCalls"u8, counts.VerifiedCalls);
        writer.WriteNumber("prospects"u8, counts.Prospects);
        writer.WriteEndObject();
    }

    private static void Goals(Utf8JsonWriter writer, BoardGoals goals)
    {
        writer.WriteStartObject("goals"u8);
        writer.WriteNumber("calls"u8, goals.Calls);
        writer.WriteNumber("emails"u8, goals.Emails);
        writer.WriteNumber("meetings"u8, goals.Meetings);
        writer.WriteEndObject();
    }

    private static void Checkpoints(Utf8JsonWriter writer, IReadOnlyList<BoardCheckpoint> checkpoints)
    {
        writer.WriteStartArray("checkpoints"u8);
        foreach (var checkpoint in checkpoints)
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, checkpoint.Key);
            writer.WriteString("name"u8, checkpoint.Name);
            Instant(writer, "at"u8, checkpoint.At);
            writer.WriteString("unit"u8, Units[(int)checkpoint.Unit]);
            writer.WriteNumber("due"u8, checkpoint.Due);
            writer.WriteString("state"u8, States[(int)checkpoint.State]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void NextStep(Utf8JsonWriter writer, BoardNextStep step)
    {
        writer.WriteStartObject("nextStep"u8);
        writer.WriteString("kind"u8, Steps[(int)step.Kind]);
        writer.WriteString("unit"u8, Units[(int)step.Unit]);
        writer.WriteNumber("amount"u8, step.Amount);
        Instant(writer, "by"u8, step.By);
        writer.WriteEndObject();
    }

    private static void Gates(Utf8JsonWriter writer, IReadOnlyList<BoardGateRow> gates)
    {
        writer.WriteStartArray("gates"u8);
        foreach (var gate in gates)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, gate.Id);
            writer.WriteString("internetMessageId"u8, gate.InternetMessageId);
            writer.WriteString("conversationId"u8, gate.ConversationId);
            if (gate.From is { } from)
            {
                writer.WriteStartObject("from"u8);
                writer.WriteString("name"u8, from.Name);
                writer.WriteString("address"u8, from.Address);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteNull("from"u8);
            }

            writer.WriteString("subject"u8, gate.Subject);
            writer.WriteString("senderKind"u8, Kinds[(int)gate.SenderKind]);
            writer.WriteString("reason"u8, Reasons[(int)gate.Reason]);
            writer.WriteString("match"u8, gate.Match);
            writer.WriteString("because"u8, gate.Because);
            Instant(writer, "openedAt"u8, gate.OpenedAt);
            writer.WriteNumber("callsRequired"u8, gate.CallsRequired);
            writer.WriteNumber("callsRemaining"u8, gate.CallsRemaining);
            writer.WriteString("state"u8, GateStates[(int)gate.State]);
            Instant(writer, "earnedAt"u8, gate.EarnedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Targets(Utf8JsonWriter writer, IReadOnlyList<BoardTarget> targets)
    {
        writer.WriteStartArray("targets"u8);
        foreach (var target in targets)
        {
            writer.WriteStartObject();
            writer.WriteString("unit"u8, Units[(int)target.Unit]);
            writer.WriteString("period"u8, Periods[(int)target.Period]);
            writer.WriteNumber("amount"u8, target.Amount);
            Day(writer, "from"u8, target.From);
            writer.WriteNumber("done"u8, target.Done);
            writer.WriteNumber("left"u8, target.Left);
            writer.WriteNumber("workingDaysLeft"u8, target.WorkingDaysLeft);
            writer.WriteNumber("dayGoal"u8, target.DayGoal);
            writer.WriteBoolean("reachable"u8, target.Reachable);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Mailbox(Utf8JsonWriter writer, BoardMailbox mailbox)
    {
        writer.WriteStartObject("mailbox"u8);
        writer.WriteString("access"u8, Access[(int)mailbox.Access]);
        writer.WriteString("problem"u8, mailbox.Problem);
        if (mailbox.CatchUp is { } catchUp)
        {
            writer.WriteStartObject("catchUp"u8);
            writer.WriteNumber("read"u8, catchUp.Read);
            Number(writer, "of"u8, catchUp.Of);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("catchUp"u8);
        }

        writer.WriteStartArray("assumed"u8);
        foreach (var assumed in mailbox.Assumed)
        {
            writer.WriteStringValue(assumed);
        }

        writer.WriteEndArray();
        writer.WriteString("claims"u8, mailbox.Claims);
        writer.WriteString("marks"u8, mailbox.Marks);
        writer.WriteEndObject();
    }

    private static void WayBack(Utf8JsonWriter writer, BoardWayBack? wayBack)
    {
        if (wayBack is null)
        {
            writer.WriteNull("wayBack"u8);
            return;
        }

        writer.WriteStartObject("wayBack"u8);
        writer.WriteString("unit"u8, Units[(int)wayBack.Unit]);
        writer.WriteString("period"u8, Periods[(int)wayBack.Period]);
        writer.WriteNumber("behind"u8, wayBack.Behind);
        Number(writer, "morePerDay"u8, wayBack.MorePerDay);
        Day(writer, "until"u8, wayBack.Until);
        writer.WriteNumber("normalDay"u8, wayBack.NormalDay);
        writer.WriteNumber("finishAt"u8, wayBack.FinishAt);
        writer.WriteNumber("atMost"u8, wayBack.AtMost);
        writer.WriteBoolean("offered"u8, wayBack.Offered);
        writer.WriteEndObject();
    }

    private static void Instant(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            writer.WriteString(name, known.UtcDateTime);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Day(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly day)
    {
        Span<byte> text = stackalloc byte["yyyy-MM-dd".Length];
        day.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        writer.WriteString(name, text);
    }

    /// <returns>By their number: they begin with 0 and leave none out.</returns>
    private static JsonEncodedText[] WordsOf(Type choices) =>
        [.. Enum.GetNames(choices).Select(x => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(x)))];
}
