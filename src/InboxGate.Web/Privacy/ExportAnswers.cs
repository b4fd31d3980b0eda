using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Privacy;

internal static class ExportAnswers
{
    private const string Zip = "application/zip";

    /// <summary>As was said; else as the caller accepts it; else JSON.</summary>
    public static ExportFormat FormatFor(this HttpRequest request, ExportFormat? said) =>
        said ?? (request.GetTypedHeaders().Accept.Any(x => x.MediaType.Equals(Zip, StringComparison.OrdinalIgnoreCase)) ? ExportFormat.Csv : ExportFormat.Json);

    public static FileStreamResult Export(this ControllerBase controller, Stream file, ExportFormat format, DateTimeOffset now)
    {
        controller.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return format == ExportFormat.Json
            ? controller.File(file, "application/json", $"inboxgate-{now:yyyy-MM-dd}.json")
            : controller.File(file, Zip, $"inboxgate-{now:yyyy-MM-dd}.zip");
    }
}
