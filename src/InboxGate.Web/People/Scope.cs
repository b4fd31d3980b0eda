namespace InboxGate.Web.People;

/// <summary>Whose word a row is; its owner is the rep, the manager whose team it is, or the tenant.</summary>
public enum Scope
{
    Rep,
    Team,
    Tenant,
}
