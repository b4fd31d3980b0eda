using System.Text.Json;
using System.Text.Json.Nodes;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>Checks a contact as it is posted, and adds what Exchange would.</summary>
internal static class ContactFilling
{
    private static readonly string[] TextLists = ["categories", "businessPhones", "homePhones", "imAddresses", "children"];
    private static readonly string[] Objects = ["homeAddress", "businessAddress", "otherAddress"];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Problem(JsonObject contact)
    {
        foreach (var (name, value) in contact)
        {
            if (value is null || name.StartsWith('@'))
                continue;

            var problem = name switch
            {
                "emailAddresses" when !(value is JsonArray addresses && addresses.All(IsAddress)) => "is a list of {\"name\", \"address\"}",
                _ when TextLists.Contains(name) && !(value is JsonArray texts && texts.All(IsText)) => "is a list of texts",
                _ when Objects.Contains(name) && value is not JsonObject => "is an object",
                _ when ContactView.Texts.Contains(name) && !IsText(value) => "is text",
                _ when !ContactView.IsMember(name) => "is no member of a contact",
                _ => null,
            };
            if (problem is not null)
                return $"{name} {problem}.";
        }

        return null;
    }

    /// <summary>Of a contact without problems the members to keep: of a new one all, of a known one those that were given.</summary>
    public static JsonObject Fill(JsonObject given, bool isNew, DateTimeOffset now)
    {
        var contact = new JsonObject();
        foreach (var (name, value) in given.Where(member => !member.Key.StartsWith('@') && member.Key is not ("id" or "changeKey" or "parentFolderId")))
            contact[name] = value?.DeepClone();

        var at = GraphTime.Seconds(now);
        contact["lastModifiedDateTime"] = at;
        if (!isNew)
            return contact;

        Default(contact, "createdDateTime", at);
        foreach (var list in TextLists.Append("emailAddresses"))
            Default(contact, list, new JsonArray());
        foreach (var address in Objects)
            Default(contact, address, new JsonObject());
        Default(contact, "displayName", string.Join(' ', new[] { Text(contact, "givenName"), Text(contact, "surname") }.Where(part => part is { Length: > 0 })));
        return contact;
    }

    private static void Default(JsonObject contact, string name, JsonNode value)
    {
        if (contact[name] is null)
            contact[name] = value;
    }

    private static string? Text(JsonObject contact, string name) => IsText(contact[name]) ? contact[name]!.GetValue<string>() : null;

    private static bool IsAddress(JsonNode? value) =>
        value is JsonObject address && (address["name"] is null || IsText(address["name"])) && (address["address"] is null || IsText(address["address"]));

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;
}
