using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Pane;

/// <summary>A file under a name that stays, kept in memory with its compressed forms: asked for anew each time, sent only when it changed.</summary>
internal sealed class WholeFile
{
    /// <summary>Each made when it is first asked for: most languages and encodings never are.</summary>
    private readonly (string? Encoding, Lazy<byte[]> Content)[] forms;
    private readonly string contentType;
    private readonly string tag;

    /// <param name="tagged">What a browser's copy stands and falls with: also what goes with the content without being in it.</param>
    public WholeFile(byte[] content, string contentType, byte[] tagged)
    {
        this.contentType = contentType;
        forms =
        [
            ("br", new(() => Compressed(content, x => new BrotliStream(x, CompressionLevel.SmallestSize)))),
            ("gzip", new(() => Compressed(content, x => new GZipStream(x, CompressionLevel.SmallestSize)))),
            (null, new(content)),
        ];
        tag = Convert.ToHexStringLower(SHA256.HashData([.. content, .. tagged])[..12]);
    }

    public IResult Answer(HttpContext context)
    {
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        var (encoding, content) = forms.First(form => form.Encoding is null || accepted.Any(x => x.Value == form.Encoding && x.Quality is not 0));
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        return Results.Bytes(content.Value, contentType, entityTag: new EntityTagHeaderValue($"\"{tag}-{encoding ?? "plain"}\""));
    }

    private static byte[] Compressed(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            stream.Write(plain);
        }

        return compressed.ToArray();
    }
}
