using System.ComponentModel.DataAnnotations;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Pane;

public sealed class PaneOptions
{
    public const string Section = "Pane";

    /// <summary>Where Office.js comes from; government clouds have their own.</summary>
    [Required] public Uri OfficeScript { get; init; } = new("https://appsforoffice.microsoft.com/lib/1/hosted/office.js");

    /// <summary>The built pane; beside the program when left out.</summary>
    public string? Folder { get; init; }

    /// <summary>Who may frame the pane: Outlook's own addresses unless set.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];
}

/// <summary>Serves the built task pane with this server's settings filled in.</summary>
public static class Pane
{
    private static readonly string[] OutlookHosts =
    [
        "https://outlook.office.com", "https://outlook.office365.com", "https://outlook.cloud.microsoft", "https://outlook.live.com",
    ];

    public static IServiceCollection AddPane(this IServiceCollection services)
    {
        services.AddOptions<PaneOptions>().BindConfiguration(PaneOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    public static void MapPane(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<PaneOptions>>().Value;
        var entra = app.Services.GetRequiredService<IOptions<EntraOptions>>().Value;
        var folder = Path.GetFullPath(options.Folder ?? Path.Combine(AppContext.BaseDirectory, "pane"));
        if (!File.Exists(Path.Combine(folder, "taskpane.html")))
        {
            throw new InvalidOperationException($"The task pane was not built: there is no taskpane.html in {folder}. Build src/InboxGate.Pane, or set Pane:Folder.");
        }

        var page = Fill(File.ReadAllText(Path.Combine(folder, "taskpane.html")), options, entra);
        var plain = Encoding.UTF8.GetBytes(page);
        var brotli = Compressed(plain);
        var policy = ContentSecurityPolicy(options, entra);
        app.MapGet("/taskpane.html", (HttpContext context) =>
        {
            var takesBrotli = context.Request.GetTypedHeaders().AcceptEncoding.Any(x => x.Value == "br" && x.Quality is not 0);
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            context.Response.Headers.ContentEncoding = takesBrotli ? "br" : default;
            return Results.Bytes(takesBrotli ? brotli : plain, "text/html; charset=utf-8");
        }).ExcludeFromDescription();

        app.UseMiddleware<PrecompressedAssets>(new PhysicalFileProvider(folder));
    }

    private static byte[] Compressed(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(plain);
        }

        return compressed.ToArray();
    }

    private static string Fill(string html, PaneOptions options, EntraOptions entra) => html
        .Replace("__OFFICE_JS__", HtmlEncoder.Default.Encode(options.OfficeScript.AbsoluteUri), StringComparison.Ordinal)
        .Replace(
            "__PANE_CONFIG__",
            // The default encoder escapes what could end the script element.
            JsonSerializer.Serialize(
                new { entra.ClientId, Authority = $"{entra.Authority.ToString().TrimEnd('/')}/organizations", Scope = $"api://{entra.ClientId}/{EntraSignIn.Scope}" },
                JsonSerializerOptions.Web),
            StringComparison.Ordinal);

    private static string ContentSecurityPolicy(PaneOptions options, EntraOptions entra)
    {
        var office = options.OfficeScript.GetLeftPart(UriPartial.Authority);
        var authority = entra.Authority.GetLeftPart(UriPartial.Authority);
        var ancestors = options.FrameAncestors.Count > 0 ? options.FrameAncestors : OutlookHosts;
        return $"default-src 'self'; script-src 'self' {office}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + $"connect-src 'self' ws: wss: {authority} {office}; frame-src {authority}; frame-ancestors {string.Join(' ', ancestors)}; base-uri 'none'; form-action 'none'; object-src 'none'";
    }

    /// <summary>Hashed files never change: they are cached for a year and sent as they were compressed at build.</summary>
    private sealed class PrecompressedAssets(RequestDelegate next, IFileProvider files)
    {
        private static readonly (string Token, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

        public async Task InvokeAsync(HttpContext context)
        {
            if (!context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                || context.GetEndpoint() is not null
                || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                || files.GetFileInfo(context.Request.Path) is not { Exists: true, IsDirectory: false } plain
                || TypeOf(plain.Name) is not { } type)
            {
                await next(context);
                return;
            }

            var file = plain;
            var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
            foreach (var (token, extension) in Encodings)
            {
                if (accepted.Any(x => x.Value == token && x.Quality is not 0)
                    && files.GetFileInfo(context.Request.Path + extension) is { Exists: true } compressed)
                {
                    file = compressed;
                    context.Response.Headers.ContentEncoding = token;
                    break;
                }
            }

            context.Response.ContentType = type;
            context.Response.ContentLength = file.Length;
            context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await context.Response.SendFileAsync(file, context.RequestAborted);
            }
        }

        private static string? TypeOf(string name) => Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".woff2" => "font/woff2",
            _ => null,
        };
    }
}
