using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;

namespace InboxGate.Web.Problems;

/// <summary>Forms with a file. What is wrong with one is told in words.</summary>
public static class FormReading
{
    /// <summary>Actions read forms by themselves: bound before them, one that is too large would be told from a malformed one no more.</summary>
    public static void LeaveToActions(MvcOptions mvc)
    {
        ArgumentNullException.ThrowIfNull(mvc);
        mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    /// <exception cref="RefusalException">It breaks off, or is not well-formed.</exception>
    /// <exception cref="BadHttpRequestException">It is larger than the action takes.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.HasFormContentType)
        {
            // A body of no type at all is let through to here.
            throw new RefusalException(
                StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "That is no form.", "Send multipart/form-data with the file in the field named file.");
        }

        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Malformed("The form breaks off or is not well-formed.");
        }
    }

    /// <param name="what">What the file is.</param>
    /// <exception cref="RefusalException">It is not there.</exception>
    public static IFormFile FileOf(IFormCollection form, string what)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.Files.GetFile("file") ?? throw Malformed($"Send {what} in the form's field named file.");
    }

    public static RefusalException Malformed(string detail) =>
        new(StatusCodes.Status400BadRequest, "malformed-request", "The request could not be read.", detail);
}

/// <summary>The action reads the form by itself.</summary>
/// <param name="fields">Beside <c>file</c>; none of them has to be there.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsFormAttribute(params string[] fields) : ReadsBodyAttribute
{
    public IReadOnlyList<string> Fields => fields;

    internal override OpenApiRequestBody Describe() => Of("multipart/form-data", new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = fields.ToDictionary(x => x, IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String })
            .Append(new("file", new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }))
            .ToDictionary(),
    });
}
