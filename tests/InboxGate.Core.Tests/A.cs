using CsCheck;
using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests;

/// <summary>Builders: every field has a sensible value, a test states only what it is about.</summary>
internal static class A
{
    public static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static readonly IReadOnlySet<DayOfWeek> WeekDays = new HashSet<DayOfWeek>
    {
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
    };

    /// <summary>A Monday, the day most tests are about.</summary>
    public static readonly DateOnly Monday = new(2026, 11, 23);

    public static WorkCalendar Calendar(
        string start = "08:00",
        string end = "17:00",
        TimeZoneInfo? zone = null,
        IReadOnlySet<DayOfWeek>? days = null,
        params DateOnly[] daysOff) =>
        new(zone ?? Berlin, TimeOnly.Parse(start, null), TimeOnly.Parse(end, null), days ?? WeekDays, daysOff.ToHashSet());

    /// <summary>A local time on <see cref="Monday"/> in Berlin, or on the days after it.</summary>
    public static DateTimeOffset At(string time, int daysLater = 0) =>
        new DateTimeOffset(Monday.AddDays(daysLater), TimeOnly.Parse(time, null), TimeSpan.FromHours(1)).ToUniversalTime();

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static Gate Gate(
        int id = 1,
        DateTimeOffset? openedAt = null,
        int callsRequired = 3,
        DateTimeOffset? receivedAt = null,
        DateTimeOffset? answeredAt = null,
        DateTimeOffset? waivedAt = null,
        DateTimeOffset? releasedAt = null)
    {
        var opened = openedAt ?? At("09:00");
        return new Gate(
            Id(id), $"<{id}@contoso.com>", $"conversation {id}", new Correspondent("Ann", "ann@contoso.com"), "Lunch?",
            SenderKind.Colleague, VerdictReason.TenantDomain, "contoso.com", callsRequired, receivedAt ?? opened, opened,
            answeredAt, waivedAt, releasedAt);
    }

    public static ProspectingCall Call(int id, DateTimeOffset madeAt, CallOutcome? outcome = null) => new(Id(1000 + id), madeAt, outcome);

    public static ProspectingCall[] Calls(params string[] times) => [.. times.Select((x, i) => Call(i, At(x)))];

    public static IReadOnlyList<GateStanding> Settle(
        IReadOnlyList<Gate> gates,
        IReadOnlyList<ProspectingCall> calls,
        string now = "16:00",
        CountingMode counting = CountingMode.Shared,
        params DayGoalMet[] daysMet) =>
        GateSettlement.Settle(gates, calls, counting, Calendar(), daysMet, At(now));

    public static Target Target(
        int amount, TargetPeriod period = TargetPeriod.Month, TargetUnit unit = TargetUnit.Calls, DateOnly? from = null) =>
        new(unit, period, amount, from ?? new DateOnly(2026, 1, 1));

    public static BoardFacts Facts(params Gate[] gates) => new(
        7, Calendar(), true, null, false, WatchState.Watching, CountingMode.Shared, gates, [], [],
        new Dictionary<DateOnly, DayCounts>(), [], RepPlan.Default, [], 0, BoardMailbox.Well);

    public static SenderContext Context(
        SenderList? rep = null, SenderList? team = null, SenderList? tenant = null, bool managerIsVip = true, bool infer = true) =>
        new(
            ["sam@contoso.com", "sam.rep@contoso.onmicrosoft.com"], "mara@contoso.com", managerIsVip, infer,
            rep ?? SenderList.Empty, team ?? SenderList.Empty, tenant ?? SenderList.Empty,
            ["contoso.com", "contoso.onmicrosoft.com"]);

    public static SenderList List(params (string Text, SenderKind Kind)[] entries) => new(entries.Select(x =>
        (ListEntry.TryParse(x.Text, out var entry, out var refusal) ? entry : throw new ArgumentException($"{x.Text}: {refusal}"), x.Kind)));

    public static MessageFacts Mail(string? from, string? name = "Ann", params (string Name, string Value)[] headers) =>
        new(new Correspondent(name, from), Headers: [.. headers.Select(x => new MessageHeader(x.Name, x.Value))]);

    /// <summary>One of these, each as likely as the other.</summary>
    public static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(x => choices[x]);
}
