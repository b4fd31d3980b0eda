using InboxGate.Core.Boards;

namespace InboxGate.Web.People;

/// <summary>Who a rep is: tenant and Entra object id.</summary>
public readonly record struct RepKey(Guid TenantId, Guid RepId);

/// <summary>An enrolled rep. The revision is raised in the transaction that adds a fact; it also serialises the rep's writers.</summary>
public sealed class RepRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }
    public long Revision { get; set; }
    public DateTimeOffset EnrolledAt { get; set; }
    public string? Name { get; set; }

    /// <summary>The rep's own addresses, lower case: primary, aliases.</summary>
    public List<string> Addresses { get; set; } = [];
    public Guid? ManagerId { get; set; }
    public string? ManagerAddress { get; set; }

    /// <summary>The manager whom an administrator named; null leaves it to the directory.</summary>
    public Guid? AssignedManagerId { get; set; }

    /// <summary>Whose team the rep is in. A column, so that a team is found by an index; <see cref="PlaceInTeam"/> keeps it true.</summary>
    public Guid? TeamId { get; private set; }

    /// <summary>IANA or Windows id as resolved; UTC until the mailbox settings were read.</summary>
    public string TimeZone { get; set; } = "UTC";
    public TimeOnly WorkStart { get; set; } = new(8, 0);
    public TimeOnly WorkEnd { get; set; } = new(17, 0);
    public List<DayOfWeek> WorkDays { get; set; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Automatic replies: off when null or when the instant is outside the span; both ends null and true means "on until switched off".</summary>
    public bool AutomaticReplies { get; set; }
    public DateTimeOffset? AutomaticRepliesFrom { get; set; }
    public DateTimeOffset? AutomaticRepliesUntil { get; set; }

    public WatchState Watch { get; set; } = WatchState.NotWatching;

    /// <summary>Stable code of what is wrong with the watch, for administrators; null while all is well.</summary>
    public string? WatchProblem { get; set; }
    public DateTimeOffset? WatchProblemSince { get; set; }

    /// <summary>What the directory must be told to let the rep's token through (a claims challenge); null when nothing is asked.</summary>
    public string? ClaimsChallenge { get; set; }

    /// <summary>What stands on defaults because a permission or a value is missing: <c>timeZone</c>, <c>workingHours</c>, <c>manager</c>, <c>domains</c>.</summary>
    public List<string> Assumed { get; set; } = [];

    /// <summary>Stable code of why mail cannot be marked in the message list; null while all is well.</summary>
    public string? MarksProblem { get; set; }

    /// <summary>The server that is reading the mailbox, and until when no other one does.</summary>
    public Guid? WatchedBy { get; set; }
    public DateTimeOffset? WatchedUntil { get; set; }

    /// <summary>When the rep left: the mailbox is watched no more. The next board enrols again.</summary>
    public DateTimeOffset? LeftAt { get; set; }
    public DateTimeOffset? ProfileReadAt { get; set; }

    /// <summary>Set while everything about the rep is being erased: nothing more is written for them, and this row goes last.</summary>
    public DateTimeOffset? ErasingAt { get; set; }

    /// <summary>Where the details that are kept begin, the end of a closed day; null while nothing was deleted for its age.</summary>
    public DateTimeOffset? DetailsSince { get; set; }

    /// <summary>When it was last looked whether details are old enough to go.</summary>
    public DateTimeOffset? DetailsCheckedAt { get; set; }

    /// <summary>The last local day with a closed row.</summary>
    public DateOnly ClosedThrough { get; set; }

    /// <summary>When that day ended where the rep was then; null while no day has been closed.</summary>
    public DateTimeOffset? ClosedUntil { get; set; }

    public RepKey Key => new(TenantId, RepId);

    /// <summary>The manager who was named by hand comes before the directory's.</summary>
    public void PlaceInTeam() => TeamId = AssignedManagerId ?? ManagerId;
}
