using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>
/// Who may change applications. A permission of the application that asks is enough where it asks for itself; where a
/// person is signed in, that person needs a directory role beside it.
/// </summary>
internal static class DirectoryRights
{
    private const string GlobalAdministrator = "Global Administrator";
    private const string ApplicationAdministrator = "Application Administrator";
    private const string CloudApplicationAdministrator = "Cloud Application Administrator";
    private const string PrivilegedRoleAdministrator = "Privileged Role Administrator";

    public static bool MayReadApplications(Caller caller) =>
        caller.May("Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All");

    public static bool MayWriteApplications(Caller caller) =>
        caller.May("Application.ReadWrite.All") && Holds(caller, GlobalAdministrator, ApplicationAdministrator, CloudApplicationAdministrator);

    /// <summary>Approving what an application may do by itself in Microsoft Graph is for few.</summary>
    public static bool MayAssignRoles(Caller caller) =>
        caller.May("AppRoleAssignment.ReadWrite.All") && Holds(caller, GlobalAdministrator, PrivilegedRoleAdministrator);

    public static bool MayGrantPermissions(Caller caller) =>
        caller.May("DelegatedPermissionGrant.ReadWrite.All") && Holds(caller, GlobalAdministrator, ApplicationAdministrator, CloudApplicationAdministrator);

    private static bool Holds(Caller caller, params string[] anyOf) =>
        caller.User is null || anyOf.Any(role => caller.DirectoryRoles.Contains(DirectoryRole.TemplateOf(role), StringComparer.OrdinalIgnoreCase));
}
