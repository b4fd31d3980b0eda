using System.Text.Json.Nodes;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>Draws a stored contact as Graph shows it: exactly the selected members, or all.</summary>
internal static class ContactView
{
    public static readonly IReadOnlyList<string> Texts =
    [
        "fileAs", "displayName", "givenName", "initials", "middleName", "nickName", "surname", "title", "generation", "jobTitle", "companyName",
        "department", "officeLocation", "profession", "businessHomePage", "assistantName", "manager", "mobilePhone", "spouseName", "personalNotes",
        "yomiGivenName", "yomiSurname", "yomiCompanyName", "createdDateTime", "lastModifiedDateTime", "birthday",
    ];

    private static readonly Dictionary<string, string> Spelling = Texts
        .Concat(["id", "changeKey", "parentFolderId", "categories", "imAddresses", "homePhones", "businessPhones", "children", "emailAddresses", "homeAddress", "businessAddress", "otherAddress"])
        .ToDictionary(member => member, StringComparer.OrdinalIgnoreCase);

    public static bool IsMember(string name) => Spelling.ContainsKey(name);

    /// <summary>The members of a $select; the name that is no member, if there is one.</summary>
    public static (IReadOnlyList<string>? Members, string? Unknown) ReadSelect(string? select) => Selection.Read(select, Spelling);

    public static JsonObject Draw(ContactItem item, IReadOnlyList<string>? select, bool immutableIds, bool inDelta = false)
    {
        var drawn = new JsonObject();
        if (inDelta)
            drawn["@odata.type"] = "#microsoft.graph.contact";
        drawn["@odata.etag"] = $"W/\"{ItemIds.ChangeKey(item.Id, item.Sequence)}\"";
        drawn["id"] = item.IdFor(immutableIds);
        foreach (var member in (select ?? [.. Spelling.Values]).Where(member => member != "id"))
        {
            drawn[member] = member switch
            {
                "changeKey" => ItemIds.ChangeKey(item.Id, item.Sequence),
                "parentFolderId" => item.Folder,
                _ => item.Contact[member]?.DeepClone(),
            };
        }

        return drawn;
    }

    public static JsonObject Removed(ContactChange change, bool immutableIds) => new()
    {
        ["@odata.type"] = "#microsoft.graph.contact",
        ["id"] = change.IdFor(immutableIds),
        ["@removed"] = new JsonObject { ["reason"] = change.Removed },
    };
}
