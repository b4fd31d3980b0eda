using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Benchmarks.Pane;

/// <summary>Serves the built template as the product serves its pane: compressed beforehand, pages asked for anew, everything else kept.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private const string RealOfficeScript = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
    private readonly WebApplication app;

    private PeerServer(WebApplication app, Uri address)
    {
        this.app = app;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="officeScript">The same stand-in for Office.js that the product's pane is given.</param>
    public static async Task<PeerServer> StartAsync(string folder, Uri officeScript)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Error" });
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Laboratory.FreePort()}"));
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var types = new FileExtensionContentTypeProvider();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = "/" + Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (!types.TryGetContentType(path, out var type) || path.EndsWith(".map", StringComparison.Ordinal))
            {
                continue;
            }

            var isPage = type == "text/html";
            var content = isPage
                ? Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(file)).Replace(RealOfficeScript, officeScript.AbsoluteUri, StringComparison.Ordinal))
                : await File.ReadAllBytesAsync(file);
            var compressed = new Lazy<byte[]>(() => Compressed(content));
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..8])}\"");
            app.MapGet(path, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = isPage ? "no-cache" : "public, max-age=31536000, immutable";
                context.Response.Headers.ContentEncoding = "br";
                return Results.Bytes(compressed.Value, type, entityTag: tag);
            });
        }

        await app.StartAsync();
        return new PeerServer(app, address);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(content);
        }

        return compressed.ToArray();
    }
}
