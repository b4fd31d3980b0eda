using System.IO.Compression;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;

namespace InboxGate.Web.Manifest;

/// <summary>The manifests that lie beside the program, filled in for one server's address and app registration.</summary>
/// <param name="folder">Where the unfilled files are.</param>
/// <param name="address">The server's public address.</param>
/// <param name="clientId">The API's app registration.</param>
/// <param name="authority">Where people sign in.</param>
public sealed class ManifestFiles(string folder, Uri address, string clientId, Uri authority)
{
    /// <summary>Of both manifests. Raise it with every change in <c>manifest/</c>, or Outlook keeps the old one.</summary>
    public const string Version = "1.0.0";

    /// <summary>The add-in as the add-in only manifest names it; the unified one hides it where both are installed.</summary>
    public const string AddInId = "30b86f75-5f32-4337-8685-2d0793c110f7";

    public const string UnifiedId = "8795334e-e05f-4e52-ac1e-989e0654f324";

    private static readonly string[] Languages = ["de", "es", "fr", "ja"];

    // The same content gives the same bytes, so that a cache can tell them to be the same.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public byte[] AddInOnly() => Encoding.UTF8.GetBytes(Fill(Read("outlook.xml"), text => SecurityElement.Escape(text)));

    /// <summary>The package that an administrator uploads: the unified manifest, its languages and its two icons.</summary>
    public byte[] Unified()
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(package, "manifest.json", Encoding.UTF8.GetBytes(Fill(Read("manifest.json"), text => JavaScriptEncoder.Default.Encode(text))));
            Add(package, "color.png", File.ReadAllBytes(Path.Combine(folder, "icons", "icon-192.png")));
            Add(package, "outline.png", File.ReadAllBytes(Path.Combine(folder, "icons", "outline-32.png")));
            foreach (var language in Languages)
            {
                Add(package, $"{language}.json", File.ReadAllBytes(Path.Combine(folder, $"{language}.json")));
            }
        }

        return bytes.ToArray();
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name));

    private static void Add(ZipArchive package, string name, byte[] content)
    {
        var entry = package.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private string Fill(string text, Func<string, string?> encode)
    {
        var values = new Dictionary<string, string>
        {
            ["__ADDRESS__"] = address.AbsoluteUri.TrimEnd('/'),
            ["__HOST__"] = address.Authority,
            ["__AUTHORITY__"] = authority.GetLeftPart(UriPartial.Authority),
            ["__AUTHORITY_HOST__"] = authority.Authority,
            ["__CLIENT_ID__"] = clientId,
            ["__ADD_IN_ID__"] = AddInId,
            ["__UNIFIED_ID__"] = UnifiedId,
            ["__VERSION__"] = Version,
        };
        return values.Aggregate(text, (filled, value) => filled.Replace(value.Key, encode(value.Value), StringComparison.Ordinal));
    }
}
