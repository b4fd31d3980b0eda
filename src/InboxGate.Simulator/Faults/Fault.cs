using System.Text.RegularExpressions;

namespace InboxGate.Simulator.Faults;

internal enum FaultKind
{
    Status,
    Delay,
    Abort,
    Truncate,
    Html,
    ExpiredDelta,

    /// <summary>A delta link that is refused with a status and code of choice, and perhaps a Location to begin again at.</summary>
    Resync,
    EmptyPage,
    DuplicateItems,
    ReorderItems,

    /// <summary>The items of a delta page carry what may have changed, and nothing to know the mail by.</summary>
    PartialItems,

    /// <summary>A delta page repeats the changes of the round before; what has left since comes and goes again.</summary>
    ReplayItems,
    Token,

    /// <summary>Tokens acquired so far are refused, until one comes that was acquired after the challenge.</summary>
    Claims,
    DropNotification,
    DuplicateNotification,
    DelayNotification,
    WrongClientState,
}

/// <summary>A scripted failure for the next requests, or notifications, that fit.</summary>
/// <param name="Batch">True strikes items of a batch only, false all but those, null both.</param>
internal sealed record Fault(
    FaultKind Kind,
    string? Match,
    Guid? User,
    string? Method,
    int? Status,
    string? Code,
    string? RetryAfter,
    double DelaySeconds,
    bool? Batch = null,
    bool Location = false)
{
    public bool IsOfNotifications => Kind is FaultKind.DropNotification or FaultKind.DuplicateNotification
        or FaultKind.DelayNotification or FaultKind.WrongClientState;

    /// <summary>Changes what a good answer lists, and so can strike only where something is listed.</summary>
    public bool IsOfItems => Kind is FaultKind.DuplicateItems or FaultKind.ReorderItems or FaultKind.PartialItems or FaultKind.ReplayItems;

    public bool IsOfGraphOnly => IsOfItems || Kind is FaultKind.ExpiredDelta or FaultKind.Resync or FaultKind.EmptyPage or FaultKind.Claims;

    public bool Fits(string method, string path, Guid? user, bool inBatch = false) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (User is null || User == user)
        && (Batch is null || Batch == inBatch)
        && (Match is null || path.Contains(Match, StringComparison.OrdinalIgnoreCase) || FitsPattern(path));

    private bool FitsPattern(string path)
    {
        try
        {
            return Regex.IsMatch(path, Match!, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
        }
        catch (ArgumentException)
        {
            return false; // Not a pattern; it was meant as plain text.
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
