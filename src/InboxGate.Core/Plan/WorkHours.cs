namespace InboxGate.Core.Plan;

/// <summary>The local hours and the days of a working week. An end at or before the start is on the next day.</summary>
public sealed record WorkHours(TimeOnly Start, TimeOnly End, IReadOnlyList<DayOfWeek> Days);
