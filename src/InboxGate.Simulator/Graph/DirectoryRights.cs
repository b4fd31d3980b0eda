namespace InboxGate.Simulator.Graph;

/// <summary>
/// Who may change applications. A permission of the application that asks is enough where it asks for itself; where a
/// person is signed in, that person needs a directory role beside it.
/// </summary>
internal static class DirectoryRights
{
    // Template ids, the same in every tenant.
    private const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
    private const string ApplicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
    private const string CloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7";
    private const string PrivilegedRoleAdministrator = "e8611ab8-c189-46e8-94e1-60213ab1f814";

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
        caller.User is null || anyOf.Any(role => caller.DirectoryRoles.Contains(role, StringComparer.OrdinalIgnoreCase));
}
