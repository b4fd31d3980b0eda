using System.Text.Json;
using System.Text.Json.Serialization;
using InboxGate.Web.Boards;
using InboxGate.Web.Calls;
using InboxGate.Web.DryRun;
using InboxGate.Web.Limits;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Manifest;
using InboxGate.Web.Marks;
using InboxGate.Web.Pane;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Privacy;
using InboxGate.Web.Problems;
using InboxGate.Web.Prospects;
using InboxGate.Web.ReplyCheck;
using InboxGate.Web.Senders;
using InboxGate.Web.Servers;
using InboxGate.Web.SignIn;
using InboxGate.Web.Storage;
using InboxGate.Web.Team;
using InboxGate.Web.Telemetry;
using InboxGate.Web.Tenant;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace InboxGate.Web;

/// <summary>The whole server, read as a contents page.</summary>
public static class Server
{
    /// <param name="configure">For a host that brings its own configuration or clock; runs before anything is registered.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.Logging.AddQuietLogs();

        builder.Services.AddControllers(FormReading.LeaveToActions).ConfigureApplicationPartManager(PublicTypes.PutInPlace).AddJsonOptions(json =>
        {
            Configure(json.JsonSerializerOptions);
            json.JsonSerializerOptions.Converters.Add(new BoardJson());
        });
        builder.Services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));
        builder.Services.AddLiveConnections();
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        builder.Services.AddOpenApi(api => api.AddOperationTransformer<ApiDescription>());
        builder.Services.AddProblemAnswers();
        builder.Services.AddLimits();
        builder.Services.AddSignIn();
        builder.Services.AddStorage();
        builder.Services.AddPane();
        builder.Services.AddManifests();
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddMailbox();
        builder.Services.AddTenant();
        builder.Services.AddTeam();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database").AddCheck<GracefulStop>("stopping");
        builder.Services.AddServers();
        builder.Services.AddSingleton<BoardPanes>();
        builder.Services.TryAddSingleton<IRevisionNews, HubRevisionNews>();
        builder.Services.AddSingleton<Enrolment>();
        builder.Services.AddSingleton<PlainCalls>(x => x.GetRequiredService<IOptions<StorageOptions>>().Value.IsPostgres
            ? ActivatorUtilities.CreateInstance<PostgresCalls>(x)
            : ActivatorUtilities.CreateInstance<SqliteCalls>(x));
        builder.Services.AddSingleton<CallLedger>();
        builder.Services.AddSingleton<MailIntake>();
        builder.Services.AddSingleton<KnownVerdicts>();
        builder.Services.AddSingleton<Judging>();
        builder.Services.AddSingleton<DayClosing>();
        builder.Services.AddSingleton<RepLooking>();
        builder.Services.AddSingleton<FactsMemory>();
        builder.Services.AddSingleton<BoardReading>();
        builder.Services.AddSingleton<Holidays>();
        builder.Services.AddSingleton<ListWriter>();
        builder.Services.AddSingleton<SharedSenders>();
        builder.Services.AddProspects();
        builder.Services.AddDryRun();
        builder.Services.AddMarks();
        builder.Services.AddReplyCheck();
        builder.Services.AddPrivacy();

        var app = builder.Build();
        HeadStart.Begin(app.Services);
        // Every missing key is named at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        // A team of hundreds is long, and repeats nothing of what was asked.
        app.UseWhen(x => x.Request.Path.StartsWithSegments("/api/team"), x => x.UseResponseCompression());
        app.UseWhen(x => x.Request.Path.StartsWithSegments("/hubs"), x => x.Use(app.Services.GetRequiredService<GracefulStop>().RefuseAsync));
        app.UseCors();
        app.UseAddressLimits();
        app.UseAuthentication();
        app.UseRepLimits();
        app.UseAuthorization();
        app.UseLiveConnections();
        app.MapPane();
        app.MapManifests();
        app.MapLive<BoardHub>("/hubs/board");
        app.MapLive<TeamHub>("/hubs/team");
        app.MapOpenApi();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        app.MapControllers();
        return app;
    }

    /// <summary>Brings the database up to date, then serves until told to stop.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await StartAsync(app, CancellationToken.None);
        await app.WaitForShutdownAsync();
    }

    public static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(app);
        await Storage.Storage.MigrateAsync(app.Services, ct);
        await app.StartAsync(ct);
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.Converters.Add(new UtcInstants());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        // A misspelt field would otherwise be a setting silently lost.
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.MaxDepth = 16;
    }

    /// <summary>Instants leave in UTC, written with a Z; they may come with any offset.</summary>
    private sealed class UtcInstants : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant)
                ? instant
                : throw new JsonException("An instant is written like 2026-03-02T08:05:00Z.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }

    /// <summary>Ready: this server can read and write its database.</summary>
    private sealed class DatabaseHealth(IDbContextFactory<Store> stores) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var store = await stores.CreateDbContextAsync(cancellationToken);
                await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
                // A write that touches no row needs the write lock all the same.
                await store.Reps.Where(x => x.TenantId == Guid.Empty).ExecuteUpdateAsync(set => set.SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (System.Data.Common.DbException)
            {
                return HealthCheckResult.Unhealthy("The database cannot be read and written.");
            }
        }
    }
}
