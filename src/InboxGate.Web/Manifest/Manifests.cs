using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Pane;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Manifest;

/// <summary>Serves what installing the add-in needs: both manifests, the icons, and the three pages that the manifests name.</summary>
public static class Manifests
{
    private const string Revalidated = "no-cache";
    private const string ForADay = "public, max-age=86400";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddManifests(this IServiceCollection services)
    {
        services.AddOptions<ManifestOptions>().BindConfiguration(ManifestOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    public static void MapManifests(this WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "manifest");
        var options = app.Services.GetRequiredService<IOptions<ManifestOptions>>().Value;
        var entra = app.Services.GetRequiredService<IOptions<EntraOptions>>().Value;
        var address = app.Services.GetRequiredService<IOptions<MailboxOptions>>().Value.PublicAddress;
        var files = new ManifestFiles(folder, address, entra.ClientId, entra.Authority);

        // Outlook loads add-ins over https only; a machine's own address is for trying out with the look-alike.
        Serve("/manifest/outlook.xml", files.AddInOnly, "application/xml; charset=utf-8", Revalidated, "inboxgate-outlook.xml", IsSecure(address) || address.IsLoopback);
        Serve("/manifest/outlook.zip", files.Unified, MediaTypeNames.Application.Zip, Revalidated, "inboxgate-outlook.zip", IsSecure(address));
        foreach (var icon in Directory.EnumerateFiles(Path.Combine(folder, "icons")))
        {
            var type = Path.GetExtension(icon) == ".svg" ? MediaTypeNames.Image.Svg : MediaTypeNames.Image.Png;
            Serve($"/icons/{Path.GetFileName(icon)}", () => File.ReadAllBytes(icon), type, ForADay);
        }

        Serve("/pages.css", () => File.ReadAllBytes(Path.Combine(folder, "pages", "pages.css")), "text/css; charset=utf-8", ForADay);
        ServePage("about", options.AboutPage);
        ServePage("privacy", options.PrivacyPage);
        ServePage("terms", options.TermsPage);

        // Made when it is first asked for: a start has no time for it. What cannot be read then is read at the next request.
        void Serve(string path, Func<byte[]> make, string type, string caching, string? downloadName = null, bool isUsable = true, bool isPage = false)
        {
            var file = new Lazy<(byte[] Content, EntityTagHeaderValue Tag, string? Policy)>(() =>
            {
                var content = make();
                return (
                    content,
                    new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\""),
                    isPage ? app.Services.GetRequiredService<PagePolicy>().For(Encoding.UTF8.GetString(content)) : null);
            }, LazyThreadSafetyMode.PublicationOnly);
            app.MapMethods(path, Reading, context =>
            {
                if (!isUsable)
                {
                    throw RefusalException.Conflict(
                        "manifest-needs-https",
                        "Outlook loads add-ins from https addresses only.",
                        $"Set Mailbox:PublicAddress to the https address under which people reach this server; it is {address}.");
                }

                var (content, tag, policy) = file.Value;
                context.Response.Headers.CacheControl = caching;
                if (policy is not null)
                {
                    context.Response.Headers.ContentSecurityPolicy = policy;
                }

                return Results.Bytes(content, type, downloadName, entityTag: tag).ExecuteAsync(context);
            }).ExcludeFromDescription();
        }

        // The manifests name the pages here, so that a page can move without a new manifest.
        void ServePage(string name, Uri? elsewhere)
        {
            if (elsewhere is not null)
            {
                app.MapMethods($"/{name}.html", Reading, context => Results.Redirect(elsewhere.AbsoluteUri).ExecuteAsync(context)).ExcludeFromDescription();
                return;
            }

            Serve($"/{name}.html", () => Page(name), "text/html; charset=utf-8", Revalidated, isPage: true);
        }

        byte[] Page(string name) => Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(folder, "pages", $"{name}.html"))
            .Replace("__SUPPORT__", SupportWords(options.Support), StringComparison.Ordinal));
    }

    private static bool IsSecure(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    private static string SupportWords(string? support)
    {
        if (string.IsNullOrWhiteSpace(support))
        {
            return "Ask the administrator who installed InboxGate in your organisation.";
        }

        var html = HtmlEncoder.Default;
        var link = ManifestOptions.SupportLink(support)!;
        var verb = link.StartsWith("mailto:", StringComparison.Ordinal) ? "Write to" : "See";
        return $"""{verb} <a href="{html.Encode(link)}">{html.Encode(support)}</a>.""";
    }
}
