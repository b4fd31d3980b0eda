using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Simulator;

namespace InboxGate.Web.Tests.Manifest;

/// <summary>The script as an administrator runs it, built once: <c>dotnet run manifest/register.cs</c>.</summary>
public sealed class RegistrationScript : IAsyncLifetime
{
    private static readonly string Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "..", "..", "..", "manifest", "register.cs"));

    public async ValueTask InitializeAsync()
    {
        var (code, said, _) = await RunAsync(["build", Path, "--nologo", "-v", "q"], new Dictionary<string, string>(), _ => Task.CompletedTask);
        Assert.True(code == 0, said);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <param name="heard">Told each line as it comes, for those who have to answer.</param>
    public static Task<(int Code, string Said, string Complained)> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, Func<string, Task>? heard = null) =>
        RunAsync(["run", "--no-build", Path, "--", .. arguments], environment ?? new Dictionary<string, string>(), heard ?? (_ => Task.CompletedTask));

    private static async Task<(int Code, string Said, string Complained)> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, Func<string, Task> heard)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A test run inside a build leaves its own choice of tools in the environment.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("AZURE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var complained = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.AppendLine(line);
            await heard(line);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.ToString(), await complained);
    }

    private static string Here([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}

/// <summary>A tenant of the simulator in which applications may be registered.</summary>
internal sealed class RegistrationTenant : IAsyncDisposable
{
    public const string Address = "https://gate.contoso.com";
    private readonly SimulatorOptions options;
    private readonly SimulatorHost host;
    private readonly HttpClient trusting;

    private RegistrationTenant(SimulatorHost host, SimulatorOptions options)
    {
        this.host = host;
        this.options = options;
        Http = new HttpClient { BaseAddress = host.HttpAddress };
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(host.AuthorityCertificatePem));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = policy;
        trusting = new HttpClient(handler) { BaseAddress = host.HttpsAddress };
    }

    public HttpClient Http { get; }

    public string TenantId => options.TenantId.ToString();

    /// <param name="permissions">Of the application that runs the script; all that it needs unless said otherwise.</param>
    public static async Task<RegistrationTenant> StartAsync(params string[] permissions)
    {
        var options = new SimulatorOptions
        {
            HttpPort = 0,
            HttpsPort = 0,
            ApplicationPermissions = permissions.Length > 0 ? permissions : ["Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All"],
        };
        return new RegistrationTenant(await SimulatorHost.StartAsync(options, TestContext.Current.CancellationToken), options);
    }

    /// <summary>Runs the script as automation would, with an application's secret.</summary>
    public Task<(int Code, string Said, string Complained)> RegisterAsync(params string[] arguments) => RegisterForAsync(Address, arguments);

    public Task<(int Code, string Said, string Complained)> RegisterForAsync(string address, params string[] arguments) =>
        RunAsync(["--address", address, .. arguments]);

    public Task<(int Code, string Said, string Complained)> RunAsync(string[] arguments, string? secret = null, Func<string, Task>? heard = null) =>
        RegistrationScript.RunAsync(
            [.. Here(), "--sign-in", "environment", .. arguments],
            new Dictionary<string, string> { ["AZURE_TENANT_ID"] = TenantId, ["AZURE_CLIENT_ID"] = options.ClientId.ToString(), ["AZURE_CLIENT_SECRET"] = secret ?? options.ClientSecret },
            heard);

    /// <summary>Where the simulator is, for the script.</summary>
    public string[] Here() =>
        ["--authority", host.HttpsAddress.ToString(), "--graph", new Uri(host.HttpAddress, "/v1.0").ToString(), "--certificate-authority", host.CertificateAuthorityFile];

    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return [.. body!["value"]!.AsArray().OfType<JsonNode>()];
    }

    public async Task<JsonNode> ApplicationAsync() => Assert.Single(await ListAsync("/applications"));

    public async Task<JsonNode> PrincipalAsync() =>
        Assert.Single(await ListAsync($"/servicePrincipals?$filter=appId eq '{(string)(await ApplicationAsync())["appId"]!}'"));

    /// <summary>Names of what Microsoft Graph lets the application do by itself.</summary>
    public async Task<IEnumerable<string>> ApprovedRolesAsync()
    {
        var graph = Assert.Single(await ListAsync("/servicePrincipals?$filter=appId eq '00000003-0000-0000-c000-000000000000'"));
        var held = await ListAsync($"/servicePrincipals/{(string)(await PrincipalAsync())["id"]!}/appRoleAssignments");
        return held.Select(it => (string)graph["appRoles"]!.AsArray().Single(role => (string)role!["id"]! == (string)it["appRoleId"]!)!["value"]!).Order();
    }

    /// <summary>How many changes were asked of Microsoft Graph.</summary>
    public async Task<int> WritesAsync()
    {
        var requests = await Http.GetFromJsonAsync<JsonNode>("/sim/requests", TestContext.Current.CancellationToken);
        var all = requests as JsonArray ?? requests!["requests"]!.AsArray();
        return all.Count(it => ((string)it!["path"]!).StartsWith("/v1.0/", StringComparison.Ordinal) && (string)it["method"]! != "GET");
    }

    public async Task SayAsync(string path, JsonObject body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<HttpStatusCode> MakeForeignAsync(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/applications") { Content = JsonContent.Create(new JsonObject { ["displayName"] = name }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        trusting.Dispose();
        await host.DisposeAsync();
    }

    public async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId.ToString(),
            ["client_secret"] = options.ClientSecret,
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        using var answer = await trusting.PostAsync($"/{TenantId}/oauth2/v2.0/token", form, TestContext.Current.CancellationToken);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["access_token"]!;
    }
}
