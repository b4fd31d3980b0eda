using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace InboxGate.Web.Problems;

/// <summary>Completes what the API says of itself: every refusal that an operation can answer, and the forms that actions read by themselves.</summary>
internal sealed class ApiDescription : IOpenApiOperationTransformer
{
    private const string Problem = "application/problem+json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ReadsBodyAttribute>().LastOrDefault() is { } reads)
        {
            operation.RequestBody = reads.Describe();
        }

        operation.Responses ??= [];
        foreach (var status in StatusesOf(operation, metadata).Where(x => !operation.Responses.ContainsKey(Text(x))))
        {
            operation.Responses[Text(status)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() },
            };
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<int> StatusesOf(OpenApiOperation operation, IList<object> metadata)
    {
        var isBehindSignIn = metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();
        var parameters = operation.Parameters ?? [];
        if (isBehindSignIn)
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
        }

        if (operation.RequestBody is not null || parameters.Any(x => x.In == ParameterLocation.Query && CanBeMalformed(x.Schema)))
        {
            yield return StatusCodes.Status400BadRequest;
        }

        // An id that is none is no address.
        if (parameters.Any(x => x.In == ParameterLocation.Path && x.Schema?.Format == "uuid"))
        {
            yield return StatusCodes.Status404NotFound;
        }

        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
        }

        if (metadata.OfType<ConsumesAttribute>().Any())
        {
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        if (!metadata.OfType<ReadsNotificationsAttribute>().Any())
        {
            yield return StatusCodes.Status429TooManyRequests;
        }

        foreach (var status in metadata.OfType<RefusesAttribute>().SelectMany(x => x.Statuses))
        {
            yield return status;
        }
    }

    /// <summary>Plain text of any length never is.</summary>
    private static bool CanBeMalformed(IOpenApiSchema? schema) =>
        schema is not { Type: JsonSchemaType.String, Format: null, MaxLength: null };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
