using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Pane;

/// <summary>Hashed files never change: they are cached for a year and sent as they were compressed at build.</summary>
internal sealed class PrecompressedAssets(RequestDelegate next, IFileProvider files)
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
        // Nobody else's page may run or read these.
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
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
