using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Servers;

/// <summary>A real nginx before the servers, set up as docs/operations.md shows it, but for its addresses and TLS.</summary>
internal sealed partial class NginxProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-nginx-").FullName;
    private Process? process;

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{World.FreePort()}"));

    /// <summary>All that it logged so far.</summary>
    public string Logs => string.Concat(Directory.GetFiles(folder, "*.log").Select(File.ReadAllText));

    public async Task StartAsync(IEnumerable<Uri> servers)
    {
        var shown = Example().Match(await File.ReadAllTextAsync(OperationsPage())).Groups[1].Value;
        var upstream = string.Concat(servers.Select(x => $"server {x.Authority} max_fails=1 fail_timeout=1s;\n"));
        var site = ServerLines().Replace(shown, upstream, 1);
        site = site.Replace("listen 443 ssl;", $"listen {Address.Authority};", StringComparison.Ordinal)
            .Replace("/var/log/nginx/", folder + "/", StringComparison.Ordinal);
        site = CertificateLines().Replace(site, "");
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            {{user}}
            daemon off;
            worker_processes 2;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 4096; }
            http {
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            {{site}}
            }
            """);
        process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-e", Path.Combine(folder, "error.log")]))!;
        await World.UntilAsync(async () =>
        {
            Assert.False(process.HasExited, $"nginx did not start: {Logs}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(Address.Host, Address.Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>Cuts every connection: the workers are killed, and others take their places.</summary>
    public async Task CutAsync()
    {
        using var kill = Process.Start("pkill", ["-KILL", "-P", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string OperationsPage([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "operations.md");

    [GeneratedRegex("```nginx\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("(^ *server [^{;]*;\\n)+", RegexOptions.Multiline)]
    private static partial Regex ServerLines();

    [GeneratedRegex("^ *ssl_certificate.*;\\n", RegexOptions.Multiline)]
    private static partial Regex CertificateLines();
}
