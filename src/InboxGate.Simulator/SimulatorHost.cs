using System.Net;
using InboxGate.Simulator.Certificates;
using InboxGate.Simulator.Clock;
using InboxGate.Simulator.Control;
using InboxGate.Simulator.Entra;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.Graph;
using InboxGate.Simulator.Notifications;
using InboxGate.Simulator.Pages;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InboxGate.Simulator;

/// <summary>
/// A stand-in for Entra ID and Microsoft Graph, with the Outlook look-alike and a control API, in this process.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private const int LargestBody = 64 * 1024 * 1024;

    private readonly SimulatorOptions options;
    private readonly string? temporary;
    private readonly CertificateAuthority authority;
    private readonly EntraKeys keys;
    private readonly TenantWorld world;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly CancellationTokenSource stopping = new();
    private readonly NotificationSender notifications;
    private readonly TokenMint mint;
    private readonly WebApplication app;
    private int isStopped;

    private SimulatorHost(SimulatorOptions options)
    {
        this.options = options;
        var kept = options.KeysDirectory ?? options.DataDirectory;
        temporary = kept is null ? Directory.CreateTempSubdirectory("inboxgate-simulator-").FullName : null;
        var keysDirectory = temporary ?? Directory.CreateDirectory(kept!).FullName;
        authority = CertificateAuthority.Open(keysDirectory);
        keys = EntraKeys.Open(keysDirectory);
        world = new TenantWorld(Clock, options.DataDirectory is { } data ? Directory.CreateDirectory(data).FullName : null);
        if (options.Now is { } now)
            world.Write(it => it.Record(new ClockMoved(SimulatorClock.OffsetTo(now))));

        var faults = new FaultPlan();
        var log = new RequestLog();
        var news = new NewsStream(stopping.Token);
        news.ListenTo(world);
        mint = new TokenMint(options, keys);
        notifications = new NotificationSender(options, world, faults, http);
        var subscriptions = new SubscriptionRoutes(world, new ValidationHandshake(http), notifications);
        var graph = new GraphEndpoint(new GraphService(options, world, mint, faults, log, subscriptions));
        var registrations = new Registrations(options, world);
        var (codes, devices) = (new AuthorizationCodes(), new DeviceCodes());
        var people = new PublicGrants(options, world, mint, registrations, codes, devices);
        Action<IEndpointRouteBuilder> control = sim =>
        {
            new TenantApi(world, options).Map(sim);
            new MailApi(world).Map(sim);
            new ContactApi(world).Map(sim);
            new TokensApi(world, mint, keys).Map(sim);
            new SignInApi(world, people, devices).Map(sim);
            new AddInApi(world).Map(sim);
            new ScriptApi(world, faults, log, notifications, news).Map(sim);
        };
        var entra = new EntraEndpoint(
            world, new EntraMetadata(mint, keys), new TokenEndpoint(options, world, mint, people),
            new AuthorizeEndpoint(world, registrations, codes, devices, people), devices, registrations, faults, log);
        app = Build(graph, control, entra);
    }

    /// <summary>The clock of the simulated world; the product beside it lives by the same one.</summary>
    public SimulatorClock Clock { get; } = new();

    /// <summary>The certificate to trust for <see cref="HttpsAddress"/>, as PEM text.</summary>
    public string AuthorityCertificatePem => authority.CertificatePem;

    /// <summary>The same certificate as a file.</summary>
    public string CertificateAuthorityFile => authority.CertificateFile;

    /// <summary>Graph (<c>/v1.0</c>), the control API (<c>/sim</c>) and the Outlook look-alike (<c>/</c>).</summary>
    public Uri HttpAddress { get; private set; } = new("http://localhost");

    /// <summary>The same over TLS, and Entra ID: the authority of a tenant is <c>{HttpsAddress}{tenant}/v2.0</c>.</summary>
    public Uri HttpsAddress { get; private set; } = new("https://localhost");

    /// <summary>Opens the kept state, or an empty tenant, and starts listening on the loopback interface.</summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new SimulatorHost(options);
        try
        {
            await host.ListenAsync(ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task StopAsync(CancellationToken ct = default)
    {
        if (Interlocked.Exchange(ref isStopped, 1) == 1)
            return;

        await stopping.CancelAsync();
        await app.StopAsync(ct);
        await app.DisposeAsync();
        await notifications.DisposeAsync();
        world.Dispose();
        keys.Dispose();
        authority.Dispose();
        http.Dispose();
        stopping.Dispose();
        if (temporary is not null)
            Directory.Delete(temporary, recursive: true);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ListenAsync(CancellationToken ct)
    {
        await app.StartAsync(ct);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address)).ToList();
        HttpAddress = Localhost(addresses.First(address => address.Scheme == Uri.UriSchemeHttp));
        HttpsAddress = Localhost(addresses.First(address => address.Scheme == Uri.UriSchemeHttps));
        mint.Host = HttpsAddress.GetLeftPart(UriPartial.Authority);
    }

    private static Uri Localhost(Uri bound) => new UriBuilder(bound.Scheme, "localhost", bound.Port).Uri;

    private WebApplication Build(GraphEndpoint graph, Action<IEndpointRouteBuilder> control, EntraEndpoint entra)
    {
        // Empty, so that no environment variable or settings file meant for the product reaches the simulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            Listen(kestrel, options.HttpPort, _ => { });
            var certificate = authority.IssueForLoopback();
            Listen(kestrel, options.HttpsPort, listener => listener.UseHttps(certificate));
        });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        var built = builder.Build();
        var pages = new OutlookFiles();
        built.Use(CrossOriginAsync);
        built.Use(ProblemsAsync);
        built.Use((context, next) => context.Request.Path.StartsWithSegments(GraphEndpoint.Version, StringComparison.OrdinalIgnoreCase)
            ? graph.HandleAsync(context)
            : next(context));
        built.Use(async (context, next) =>
        {
            if (!await pages.TryServeAsync(context))
                await next(context);
        });
        built.UseRouting();
        control(built.MapGroup("/sim"));
        entra.Map(built);
        built.MapFallback("{**path}", (HttpContext context) =>
            throw (context.Request.Path.StartsWithSegments("/sim", StringComparison.Ordinal)
                ? new Refusal(404, "no-such-call", $"The control API has no {context.Request.Method} {context.Request.Path}.")
                : new Refusal(501, "not-simulated", $"The simulator does not know {context.Request.Method} {context.Request.Path}.")));
        return built;
    }

    private static void Listen(KestrelServerOptions kestrel, int port, Action<ListenOptions> configure)
    {
        // Both loopback addresses, except that a free port can only be asked for on one of them.
        if (port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        else
            kestrel.ListenLocalhost(port, configure);
    }

    /// <summary>The pane and the look-alike come from different ports, which to a browser are different sites.</summary>
    private static Task CrossOriginAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (!HttpMethods.IsOptions(context.Request.Method))
            return next(context);

        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders.Count > 0
            ? context.Request.Headers.AccessControlRequestHeaders
            : "*";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task ProblemsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Refusal refusal) when (!context.Response.HasStarted)
        {
            await WriteProblemAsync(context, refusal.Status, refusal.Type, refusal.Message);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await WriteProblemAsync(context, bad.StatusCode, Refusal.Invalid("").Type, bad.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
    }

    private static Task WriteProblemAsync(HttpContext context, int status, string type, string title)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Type = type, Title = title },
            options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    /// <summary>Whoever started the simulator stops it; signals are the process's own affair.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
