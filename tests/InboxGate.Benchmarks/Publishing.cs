using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.InteropServices;

namespace InboxGate.Benchmarks;

/// <summary>Programs as an administrator installs them: self-contained and compiled ahead, each a process of its own.</summary>
internal static class Publishing
{
    private const string BareProject = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <ServerGarbageCollection>false</ServerGarbageCollection>
          </PropertyGroup>
        </Project>
        """;

    private const string BareProgram = """
        using System.Net.WebSockets;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.SignalR;

        var builder = WebApplication.CreateBuilder(args);
        var live = builder.Configuration["Live"];
        builder.Services.AddControllers();
        if (live is "hub")
        {
            builder.Services.AddSignalR();
        }

        var app = builder.Build();
        app.MapControllers();
        if (live is "hub")
        {
            app.MapHub<BoundHub>("/hubs/board");
        }
        else if (live is "sockets")
        {
            app.UseWebSockets();
            app.Map("/hubs/board", ListenAsync);
        }

        app.Run();

        // No more than has to be: nothing is kept between two messages.
        static async Task ListenAsync(HttpContext context)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[64].AsMemory(), context.RequestAborted);
            await socket.SendAsync("revision"u8.ToArray(), WebSocketMessageType.Text, true, context.RequestAborted);
            while (socket.State is WebSocketState.Open)
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, context.RequestAborted);
                await socket.ReceiveAsync(new byte[64].AsMemory(), context.RequestAborted);
            }
        }

        [ApiController]
        [Route("bound")]
        public sealed class BoundController : ControllerBase
        {
            [HttpGet]
            public ActionResult<string[]> Read() => Ok(new[] { "constant" });
        }

        public sealed class BoundHub : Hub
        {
            public override Task OnConnectedAsync() => Clients.Caller.SendAsync("revision", 1);
        }
        """;

    /// <returns>The program.</returns>
    public static async Task<string> PublishProductAsync(string folder)
    {
        // It takes minutes: whoever has one already names its folder.
        var ready = Environment.GetEnvironmentVariable("PUBLISHED");
        var program = Path.Combine(ready ?? Path.Combine(folder, "inboxgate"), "InboxGate.Web");
        if (ready is null)
        {
            await PublishAsync(
                typeof(Publishing).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(x => x.Key == "WebProject").Value!,
                Path.GetDirectoryName(program)!, Path.Combine(folder, "artifacts"));
        }

        return program;
    }

    /// <summary>The least that ASP.NET Core MVC is and, as the setting <c>Live</c> says, SignalR (<c>hub</c>) or WebSockets alone (<c>sockets</c>).</summary>
    /// <returns>The program.</returns>
    public static async Task<string> PublishBareAsync(string folder)
    {
        var source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "Bare.csproj"), BareProject);
        await File.WriteAllTextAsync(Path.Combine(source, "Program.cs"), BareProgram);
        await PublishAsync(Path.Combine(source, "Bare.csproj"), Path.Combine(folder, "bare"), Path.Combine(folder, "bare-artifacts"));
        return Path.Combine(folder, "bare", "Bare");
    }

    public static Process Start(string program, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = false };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Asks until it is answered well.</summary>
    public static async Task AnsweredAsync(Uri address, string? token, Process by)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            if (by.HasExited)
            {
                throw new InvalidOperationException($"{by.StartInfo.FileName} has ended with {by.ExitCode}.");
            }

            await Task.Delay(5);
        }
    }

    private static async Task PublishAsync(string project, string folder, string artifacts)
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:PublishReadyToRun=true",
                "-o", folder, "--artifacts-path", artifacts, "-v", "quiet", "--nologo",
            },
        })!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} could not be published.");
        }
    }
}
