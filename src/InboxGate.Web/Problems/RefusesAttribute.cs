namespace InboxGate.Web.Problems;

/// <summary>The statuses with which an action refuses what was well-formed, for the API's description; the others follow from how it is asked.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesAttribute(params int[] statuses) : Attribute
{
    public IReadOnlyList<int> Statuses => statuses;
}
