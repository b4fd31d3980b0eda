namespace InboxGate.Web.Team;

public sealed class TeamOptions
{
    public const string Section = "Team";

    /// <summary>Of fewer reps no totals are shown where single reps are not: a total of few tells of each.</summary>
    public const int FewestReps = 5;

    /// <summary>Whether managers see single reps; without it they see totals alone.</summary>
    public bool IndividualView { get; init; } = true;
}
