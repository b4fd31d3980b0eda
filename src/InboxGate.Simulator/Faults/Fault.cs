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
    EmptyPage,
    DuplicateItems,
    ReorderItems,
    Token,
    Claims,
    DropNotification,
    DuplicateNotification,
    DelayNotification,
    WrongClientState,
}

/// <summary>A scripted failure for the next requests, or notifications, that fit.</summary>
internal sealed record Fault(
    FaultKind Kind,
    string? Match,
    Guid? User,
    string? Method,
    int? Status,
    string? Code,
    string? RetryAfter,
    double DelaySeconds)
{
    public bool IsOfNotifications => Kind is FaultKind.DropNotification or FaultKind.DuplicateNotification
        or FaultKind.DelayNotification or FaultKind.WrongClientState;

    public bool Fits(string method, string path, Guid? user) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (User is null || User == user)
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
