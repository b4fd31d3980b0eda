namespace InboxGate.Simulator.World;

/// <summary>
/// What administrators have granted beyond, and taken away from, the permissions the simulator was started with. It
/// holds at once, for tokens that are out already too, as scopes set in Exchange do sooner or later.
/// </summary>
internal sealed record Permissions(IReadOnlyList<string> Granted, IReadOnlyList<string> Denied)
{
    public static readonly Permissions AsStarted = new([], []);

    public IReadOnlyList<string> Of(IEnumerable<string> asStarted) =>
        [.. asStarted.Concat(Granted).Distinct(StringComparer.OrdinalIgnoreCase).Where(permission => !IsDenied(permission))];

    /// <summary>Denying <c>Mail.Read</c> denies <c>Mail.Read.All</c> too.</summary>
    public bool IsDenied(string permission) => Denied.Any(denied =>
        denied.Equals(permission, StringComparison.OrdinalIgnoreCase)
        || (denied + ".All").Equals(permission, StringComparison.OrdinalIgnoreCase));
}
