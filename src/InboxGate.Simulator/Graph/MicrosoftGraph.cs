using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Graph;

/// <summary>Microsoft Graph's own service principal: from it a script learns which id a permission has.</summary>
internal static class MicrosoftGraph
{
    /// <summary>The same in every tenant; the object id is not.</summary>
    private const string ClientId = "00000003-0000-0000-c000-000000000000";

    // Ids as the permissions reference has them: for the application itself, and for a person.
    private static readonly (string Name, string? Role, string? Scope)[] Permissions =
    [
        ("openid", null, "37f7f235-527c-4136-accd-4a02d197296e"),
        ("profile", null, "14dad69e-099b-42c9-810b-d002981feec1"),
        ("offline_access", null, "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"),
        ("User.Read", null, "e1fe6dd8-ba31-4d61-89e7-88639da4683d"),
        ("User.Read.All", "df021288-bdef-4463-88db-98f22de89214", "a154be20-db9c-4678-8ab7-66f6cc099a59"),
        ("Domain.Read.All", "dbb9058a-0e50-45d7-ae91-66909b5d4664", "2f9ee017-59c1-4f1d-9472-bd5529a7b311"),
        ("Mail.ReadBasic", "6be147d2-ea4f-4b5a-a3fa-3eab6f3c140a", "a4b8392a-d8d1-4954-a029-8e668a39a170"),
        ("Mail.ReadBasic.All", "693c5e45-0940-467d-9b8a-1022fb9d42ef", null),
        ("Mail.Read", "810c84a8-4a9e-49e6-bf7d-12d183f40d01", "570282fd-fa5c-430d-a7fd-fc8dc98a9dca"),
        ("Mail.ReadWrite", "e2a3a72e-5f79-4c64-b1b1-878b674786c9", "024d486e-b451-40bb-833d-3e66d98c5c73"),
        ("MailboxSettings.Read", "40f97065-369a-49f4-947c-6a255697ae91", "87f447af-9fa4-4c32-9dfa-4a57a73d18ce"),
        ("Contacts.Read", "089fe4d0-434a-44c5-8827-41ba8a0b17f5", "ff74d97f-43af-4b68-9f2a-b77ee6968c5d"),
        ("MailboxSettings.ReadWrite", "6931bccd-447a-43d1-b442-00a195474933", "818c620a-27a9-40bd-a6a5-d96f7d610b4b"),
    ];

    public static JsonObject ServicePrincipal { get; } = new()
    {
        ["id"] = "3f6d2c1a-8b57-4d0e-9a43-5e0c7b2f9d11",
        ["appId"] = ClientId,
        ["accountEnabled"] = true,
        ["displayName"] = "Microsoft Graph",
        ["servicePrincipalType"] = "Application",
        ["tags"] = new JsonArray(),
        ["appRoles"] = new JsonArray([.. Permissions.Where(it => it.Role is not null).Select(it => new JsonObject
        {
            ["id"] = it.Role,
            ["value"] = it.Name,
            ["displayName"] = it.Name,
            ["isEnabled"] = true,
            ["allowedMemberTypes"] = new JsonArray("Application"),
        })]),
        ["oauth2PermissionScopes"] = new JsonArray([.. Permissions.Where(it => it.Scope is not null).Select(it => new JsonObject
        {
            ["id"] = it.Scope,
            ["value"] = it.Name,
            ["adminConsentDisplayName"] = it.Name,
            ["isEnabled"] = true,
            ["type"] = it.Name.EndsWith(".All", StringComparison.Ordinal) ? "Admin" : "User",
        })]),
    };
}
