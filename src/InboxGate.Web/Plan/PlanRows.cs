using InboxGate.Core.Plan;
using InboxGate.Web.People;

namespace InboxGate.Web.Plan;

/// <summary>
/// A target as asked of one rep or of whoever is in a team; several with the same <see cref="From"/> are settled by the latest
/// <see cref="SetAt"/>.
/// </summary>
public sealed class TargetRow
{
    public Guid TenantId { get; set; }

    /// <summary>A rep's or a team's; the owner is the rep, or the manager whose team it is.</summary>
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }
    public Guid TargetId { get; set; }
    public TargetUnit Unit { get; set; }
    public TargetPeriod Period { get; set; }
    public int Amount { get; set; }
    public DateOnly From { get; set; }
    public DateTimeOffset SetAt { get; set; }
    public Guid SetBy { get; set; }
    public string? SetByName { get; set; }

    /// <summary>When it was taken back: from then on as if it had never been asked. Finished days keep their goals.</summary>
    public DateTimeOffset? TakenBackAt { get; set; }
    public Guid? TakenBackBy { get; set; }
    public string? TakenBackByName { get; set; }

    public Target ToTarget() => new(Unit, Period, Amount, From);
}

/// <summary>The rep's own plan. Days off are those of the latest; the rest is that of the latest which counts by the day at hand.</summary>
public sealed class PlanRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public DateTimeOffset SetAt { get; set; }

    /// <summary>The rep's local day from which checkpoints and margin count.</summary>
    public DateOnly CountsFrom { get; set; }

    /// <summary>Null means the defaults of the working day.</summary>
    public List<PlanCheckpoint>? Checkpoints { get; set; }
    public int Margin { get; set; }
    public List<DateOnly> DaysOff { get; set; } = [];
    public List<DateOnly> HalfDays { get; set; } = [];
    public DateOnly? KeepsPaceUntil { get; set; }

    public RepPlan ToRepPlan() => new(Checkpoints?.ConvertAll(x => new CheckpointPlan(x.Time, x.Share)), Margin, KeepsPaceUntil);
}

public sealed record PlanCheckpoint(TimeOnly Time, int Share);

/// <summary>A day nobody in the tenant or in a team works.</summary>
public sealed class HolidayRow
{
    public Guid TenantId { get; set; }
    public Scope Scope { get; set; }
    public Guid OwnerId { get; set; }
    public DateOnly Date { get; set; }
    public string? Name { get; set; }
}

/// <summary>A finished day in one row, so that pictures outlive the details and cost nothing.</summary>
public sealed class ClosedDayRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public DateOnly Date { get; set; }
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The day's ends where the rep was then; null on rows written before they were kept.</summary>
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    public bool Working { get; set; }

    /// <summary>24 counts, by local hour.</summary>
    public List<int> CallsByHour { get; set; } = [];
    public int Calls { get; set; }
    public int Emails { get; set; }
    public int Meetings { get; set; }
    public int CallsGoal { get; set; }
    public int EmailsGoal { get; set; }
    public int MeetingsGoal { get; set; }
    public int AnsweredEarned { get; set; }
    public int AnsweredEarly { get; set; }

    /// <summary>The calls goal was 0 because a target's aim had been reached: the inbox was free.</summary>
    public bool AimReached { get; set; }
}
