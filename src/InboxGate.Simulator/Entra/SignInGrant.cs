namespace InboxGate.Simulator.Entra;

/// <summary>What somebody has agreed to by signing in: who, for which application, until when it may be renewed.</summary>
/// <param name="Scope">As it was asked for.</param>
/// <param name="IsSpa">A browser's: it is renewed for one day in all, however often.</param>
/// <param name="Acrs">The contexts that were asked for and have been satisfied.</param>
internal sealed record SignInGrant(Guid Client, Guid User, string Scope, bool IsSpa, DateTimeOffset RenewableUntil, IReadOnlyList<string> Acrs)
{
    private static readonly TimeSpan SpaRenewal = TimeSpan.FromHours(24);
    private static readonly TimeSpan OtherRenewal = TimeSpan.FromDays(90);

    public static SignInGrant Now(Guid client, Guid user, string scope, bool isSpa, IReadOnlyList<string> acrs) =>
        new(client, user, scope, isSpa, TimeProvider.System.GetUtcNow() + (isSpa ? SpaRenewal : OtherRenewal), acrs);
}
