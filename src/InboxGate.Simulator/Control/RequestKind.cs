using System.Text.Json;
using System.Text.Json.Serialization;

namespace InboxGate.Simulator.Control;

/// <summary>What a request is about, for counting; as JSON in camel case.</summary>
[JsonConverter(typeof(InCamelCase))]
internal enum RequestKind
{
    Other,

    /// <summary>A request for a token.</summary>
    Token,

    /// <summary>A page on which people sign in or out, or the way past it.</summary>
    SignIn,

    /// <summary>Entra's configuration and keys.</summary>
    Metadata,

    /// <summary>The outer request; its items count for themselves.</summary>
    Batch,
    Subscription,

    /// <summary>People, managers, the organization, domains.</summary>
    Directory,

    /// <summary>mailboxSettings.</summary>
    Settings,

    /// <summary>The master list of categories.</summary>
    Categories,

    /// <summary>The address book, its folders and its deltas.</summary>
    Contacts,

    /// <summary>A page of a delta round of mail.</summary>
    Delta,

    /// <summary>One message, read or changed.</summary>
    Message,

    /// <summary>A list of messages, or their number.</summary>
    Messages,

    /// <summary>A folder, or the list of them.</summary>
    Folder,
}

internal sealed class InCamelCase() : JsonStringEnumConverter<RequestKind>(JsonNamingPolicy.CamelCase);
