using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InboxGate.Web.Mailbox;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Pane;

/// <summary>Serves what the pane's build made, with this server's settings and the reader's language filled in.</summary>
public static class Pane
{
    /// <summary>A file that could not be read, as while a new version is put there, is read at the next request.</summary>
    private const LazyThreadSafetyMode Again = LazyThreadSafetyMode.PublicationOnly;

    public static IServiceCollection AddPane(this IServiceCollection services)
    {
        services.AddOptions<PaneOptions>().BindConfiguration(PaneOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PagePolicy>();
        return services;
    }

    public static void MapPane(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<PaneOptions>>().Value;
        var folder = Path.GetFullPath(options.Folder ?? Path.Combine(AppContext.BaseDirectory, "pane"));
        if (!File.Exists(Path.Combine(folder, "taskpane.html")))
        {
            throw new InvalidOperationException($"The task pane was not built: there is no taskpane.html in {folder}. Build src/InboxGate.Pane, or set Pane:Folder.");
        }

        app.MapPages(folder, options);
        app.MapEventScript(folder);
        app.UseMiddleware<PrecompressedAssets>(new PhysicalFileProvider(folder));
    }

    /// <summary>Nothing is read before the first page is asked for: a start has no time for it, and most languages never are.</summary>
    private static void MapPages(this WebApplication app, string folder, PaneOptions options)
    {
        var languages = new Lazy<PaneLanguages>(() => PaneLanguages.Read(folder), Again);
        var settings = new Lazy<Dictionary<string, string>>(() => SettingsOf(options, app.Services.GetRequiredService<IOptions<EntraOptions>>().Value));
        foreach (var file in Directory.EnumerateFiles(folder, "*.html"))
        {
            var byLanguage = new Lazy<Dictionary<PaneLanguage, Lazy<(WholeFile File, string Policy)>>>(() =>
            {
                var page = Filled(File.ReadAllText(file), settings.Value);
                return languages.Value.All.ToDictionary(x => x, language => new Lazy<(WholeFile File, string Policy)>(() =>
                {
                    var html = Filled(page, WordsOf(language));
                    var policy = app.Services.GetRequiredService<PagePolicy>().For(html);
                    return (new WholeFile(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", Encoding.UTF8.GetBytes(policy)), policy);
                }));
            }, Again);
            foreach (var path in PathsOf(Path.GetFileName(file)))
            {
                app.MapFile(path, context =>
                {
                    var (answer, policy) = byLanguage.Value[languages.Value.For(context.Request)].Value;
                    context.Response.Headers.ContentSecurityPolicy = policy;
                    context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
                    return answer.Answer(context);
                });
            }
        }
    }

    /// <summary>People type the address of the managers' page; the others are named by manifests and settings.</summary>
    private static IEnumerable<string> PathsOf(string file) => file == "team.html" ? ["/team", "/" + file] : ["/" + file];

    /// <summary>The one script with a fixed name: manifests name it, and classic Outlook fetches it outside any page.</summary>
    private static void MapEventScript(this WebApplication app, string folder)
    {
        const string Name = "events.js";
        if (File.Exists(Path.Combine(folder, Name)))
        {
            var script = new Lazy<WholeFile>(() => new WholeFile(File.ReadAllBytes(Path.Combine(folder, Name)), "text/javascript; charset=utf-8", []), Again);
            app.MapFile("/" + Name, context => script.Value.Answer(context));
        }

        // Classic Outlook lets a script ask for what is its own only when this file, beside the pages, says that it may.
        var allowed = new Lazy<WholeFile>(() =>
        {
            var address = app.Services.GetRequiredService<IOptions<MailboxOptions>>().Value.PublicAddress;
            var json = JsonSerializer.SerializeToUtf8Bytes(new { Allowed = new[] { new Uri(address, "/" + Name).AbsoluteUri } }, JsonSerializerOptions.Web);
            return new WholeFile(json, "application/json", []);
        });
        app.MapFile("/.well-known/microsoft-officeaddins-allowed.json", context => allowed.Value.Answer(context));
    }

    private static void MapFile(this WebApplication app, string path, Func<HttpContext, IResult> answer) =>
        app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => answer(context).ExecuteAsync(context)).ExcludeFromDescription();

    private static Dictionary<string, string> SettingsOf(PaneOptions options, EntraOptions entra) => new()
    {
        ["__OFFICE_JS__"] = HtmlEncoder.Default.Encode(options.OfficeScript.AbsoluteUri),
        // The default encoder escapes what could end the script element. A registration for one tenant lets nobody sign in by way of all of them.
        ["__PANE_CONFIG__"] = JsonSerializer.Serialize(
            new { entra.ClientId, Authority = $"{entra.Authority.ToString().TrimEnd('/')}/{(entra.Tenants is [var only] ? only : "organizations")}", Scope = $"api://{entra.ClientId}/{EntraSignIn.Scope}" },
            JsonSerializerOptions.Web),
    };

    private static Dictionary<string, string> WordsOf(PaneLanguage language) => new()
    {
        ["__LANGUAGE__"] = HtmlEncoder.Default.Encode(language.Language),
        ["__DIRECTION__"] = HtmlEncoder.Default.Encode(language.Direction),
        // Fetched beside the pane's own script, which would find out only later which one it needs.
        ["<!-- __WORDS__ -->"] = string.Concat(language.Scripts.Select(x => $"<link rel=\"modulepreload\" fetchpriority=\"high\" href=\"{HtmlEncoder.Default.Encode(x)}\">")),
        ["__TODAY__"] = HtmlEncoder.Default.Encode(language.Today),
        ["__CALL_MADE__"] = HtmlEncoder.Default.Encode(language.CallMade),
    };

    private static string Filled(string html, Dictionary<string, string> values) =>
        values.Aggregate(html, (filled, value) => filled.Replace(value.Key, value.Value, StringComparison.Ordinal));
}
