using InboxGate.Core.Calls;

namespace InboxGate.Web.Prospects;

/// <summary>What a rep and a listed prospect had to do with each other last, and what the rep said of calling them.</summary>
public sealed class ProspectTouchRow
{
    public Guid TenantId { get; set; }
    public Guid RepId { get; set; }

    /// <summary>The list entry's key.</summary>
    public string Entry { get; set; } = "";
    public DateTimeOffset? LastCalledAt { get; set; }
    public CallOutcome? LastOutcome { get; set; }
    public DateTimeOffset? LastMailedAt { get; set; }

    /// <summary>The later of both, as a column so that the longest untouched are found by an index.</summary>
    public DateTimeOffset? LastContactAt { get; set; }

    /// <summary>Not before this day; from then on first.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Passed over for this one day.</summary>
    public DateOnly? SkippedOn { get; set; }

    /// <summary>The rep does not want to be offered them any more.</summary>
    public bool Never { get; set; }

    /// <summary>The number that turned out to be somebody else's: another one may be called.</summary>
    public string? WrongNumber { get; set; }
}
