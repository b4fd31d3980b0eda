using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace InboxGate.Simulator.Pages;

/// <summary>Serves the Outlook look-alike from inside the assembly.</summary>
internal sealed class OutlookFiles
{
    private const string Prefix = "outlook/";
    private static readonly Assembly Home = typeof(OutlookFiles).Assembly;

    private readonly Dictionary<string, string> resources = Home.GetManifestResourceNames()
        .Select(name => (Name: name, Path: name.Replace('\\', '/')))
        .Where(file => file.Path.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(file => file.Path[Prefix.Length..], file => file.Name, StringComparer.Ordinal);

    private readonly FileExtensionContentTypeProvider types = new();

    public async Task<bool> TryServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return false;

        var path = context.Request.Path.Value!.TrimStart('/');
        if (!resources.TryGetValue(path.Length == 0 ? "index.html" : path, out var resource))
            return false;

        context.Response.ContentType = types.TryGetContentType(resource, out var type) ? type : "application/octet-stream";
        if (context.Response.ContentType.StartsWith("text/", StringComparison.Ordinal))
            context.Response.ContentType += "; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await using var content = Home.GetManifestResourceStream(resource)!;
        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await content.CopyToAsync(context.Response.Body, context.RequestAborted);
        return true;
    }
}
