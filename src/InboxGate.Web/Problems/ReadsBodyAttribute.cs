using Microsoft.OpenApi;

namespace InboxGate.Web.Problems;

/// <summary>An action that reads its body by itself says here what it takes: the framework sees none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class ReadsBodyAttribute : Attribute
{
    internal abstract OpenApiRequestBody Describe();

    private protected static OpenApiRequestBody Of(string mediaType, OpenApiSchema schema) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { [mediaType] = new() { Schema = schema } },
    };
}

/// <summary>Change notifications of Microsoft Graph; Microsoft's pages describe an item.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsNotificationsAttribute : ReadsBodyAttribute
{
    internal override OpenApiRequestBody Describe() => Of("application/json", new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "value" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["value"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } },
        },
    });
}
