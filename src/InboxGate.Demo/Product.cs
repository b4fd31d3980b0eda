using System.Security.Cryptography;
using InboxGate.Simulator;
using InboxGate.Web;
using InboxGate.Web.Boards;
using Microsoft.AspNetCore.SignalR;

namespace InboxGate.Demo;

/// <summary>The real server, pointed at the simulator by ordinary settings.</summary>
internal static class Product
{
    public static async Task<WebApplication> StartAsync(DemoArguments arguments, string dataFolder, SimulatorHost simulator, SimulatorOptions options, CancellationToken ct)
    {
        var address = $"http://localhost:{arguments.Port}";
        var settings = new Dictionary<string, string?>
        {
            ["Urls"] = address,
            ["Logging:LogLevel:Default"] = "Warning",
            ["Entra:Authority"] = simulator.HttpsAddress.ToString(),
            ["Entra:ClientId"] = options.ClientId.ToString(),
            ["Entra:ClientSecret"] = options.ClientSecret,
            ["Entra:Tenants:0"] = options.TenantId.ToString(),
            ["Entra:CertificateAuthorityPath"] = simulator.CertificateAuthorityFile,
            ["Mailbox:GraphBaseAddress"] = new Uri(simulator.HttpAddress, "/v1.0").ToString(),
            ["Mailbox:PublicAddress"] = address,
            ["Mailbox:ClientStateKey"] = await KeyAsync(dataFolder, ct),
            ["Mailbox:SweepInterval"] = "00:00:20",
            ["Pane:OfficeScript"] = new Uri(simulator.HttpAddress, "/office.js").ToString(),
            ["Pane:FrameAncestors:0"] = $"http://localhost:{simulator.HttpAddress.Port}",
            // Nobody else has to hear of it.
            ["Servers:Drain"] = "00:00:00",
            ["Storage:SqliteFile"] = Path.Combine(dataFolder, "inboxgate.db"),
        };
        var app = Server.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddSingleton<TimeProvider>(simulator.Clock);
        });
        await Server.StartAsync(app, ct);

        // When the clock is moved, every board may look different although no fact was added.
        var hub = app.Services.GetRequiredService<IHubContext<BoardHub>>();
        simulator.Clock.Moved += (_, _) => _ = hub.Clients.All.SendAsync("revision", 0L, CancellationToken.None);
        return app;
    }

    /// <summary>Kept with the data, because subscriptions made before a restart carry its signature.</summary>
    private static async Task<string> KeyAsync(string folder, CancellationToken ct)
    {
        var file = Path.Combine(folder, "client-state.key");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)), ct);
        }

        return await File.ReadAllTextAsync(file, ct);
    }
}
