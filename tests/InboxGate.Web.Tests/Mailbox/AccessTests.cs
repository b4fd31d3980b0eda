using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Tests.Stories;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>How the app proves who it is, and what becomes of a mailbox that it may not read.</summary>
public sealed class AccessTests(PostgresServer postgres) : IDisposable
{
    private const string Client = "22222222-2222-4222-8222-222222222222";
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-access-").FullName;
    private readonly RSA key = RSA.Create(2048);

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, InlineData("app.pem", null), InlineData("app.pem", "a password"), InlineData("app.pfx", null), InlineData("app.pfx", "a password")]
    public async Task A_certificate_is_proof_enough(string file, string? password)
    {
        using var certificate = Certificate();
        var path = Write(certificate, file, password);
        await using var world = await StartAsync([("Entra:ClientSecret", null), ("Entra:CertificatePath", path), ("Entra:CertificatePassword", password)]);
        await world.SayAsync("/sim/certificates", new JsonObject { ["certificate"] = certificate.ExportCertificatePem() });

        var rep = await world.UserAsync("mira@contoso.com");

        await World.BoardWhenAsync(rep, IsWell);
    }

    [Fact]
    public async Task A_certificate_that_Entra_does_not_know_is_named_and_a_renewed_one_is_found_without_a_restart()
    {
        using var old = Certificate();
        var path = Write(old, "app.pem", null);
        await using var world = await StartAsync([("Entra:ClientSecret", null), ("Entra:CertificatePath", path)]);
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => ProblemOf(board) == MailboxProblem.SecretExpired);

        using var other = RSA.Create(2048);
        using var renewed = new CertificateRequest("CN=InboxGate", other, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30));
        await world.SayAsync("/sim/certificates", new JsonObject { ["certificate"] = renewed.ExportCertificatePem() });
        Write(renewed, "app.pem", null);

        await World.BoardWhenAsync(rep, IsWell);
    }

    [Fact]
    public async Task A_federated_token_is_read_from_its_file_each_time_that_it_is_needed()
    {
        var path = Path.Combine(folder, "federated-token");
        await File.WriteAllTextAsync(path, "no token yet", Ct);
        string authority = "";
        await using var world = await StartAsync(
            [("Entra:ClientSecret", null), ("Entra:FederatedTokenFile", path)], builder => authority = builder.Configuration["Entra:Authority"]!);
        using var certificate = Certificate();
        await world.SayAsync("/sim/certificates", new JsonObject { ["certificate"] = certificate.ExportCertificatePem() });
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, board => ProblemOf(board) == MailboxProblem.SecretExpired);
        File.Delete(path);
        await Simulated.ForgetRequestsAsync(world);
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        Assert.Equal(MailboxProblem.SecretExpired, ProblemOf(await rep.BoardAsync()));

        await File.WriteAllTextAsync(path, Assertion($"{authority.TrimEnd('/')}/11111111-1111-4111-8111-111111111111/oauth2/v2.0/token") + "\n", Ct);

        await World.BoardWhenAsync(rep, IsWell);
    }

    [Theory]
    [InlineData("AADSTS65001", MailboxProblem.ConsentMissing)]
    [InlineData("AADSTS700016", MailboxProblem.ConsentMissing)]
    [InlineData("AADSTS90002", MailboxProblem.ConsentMissing)]
    [InlineData("AADSTS7000215", MailboxProblem.SecretExpired)]
    [InlineData("AADSTS7000222", MailboxProblem.SecretExpired)]
    [InlineData("AADSTS700027", MailboxProblem.SecretExpired)]
    [InlineData("AADSTS53003", MailboxProblem.SignInNeeded)]
    [InlineData("AADSTS70011", MailboxProblem.TokenRefused)]
    [InlineData("AADSTS90033", MailboxProblem.GraphUnavailable)]
    public async Task What_Entra_refuses_is_told_by_its_number_and_mends_alone(string number, string problem)
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "token", ["code"] = number, ["times"] = 1000 });

        var board = await World.BoardWhenAsync(rep, board => ProblemOf(board) == problem);

        Assert.Equal("mailboxUnreachable", board["gate"]!["why"]!.GetValue<string>());
        await Simulated.MendAsync(world);
        await World.BoardWhenAsync(rep, IsWell);
    }

    [Theory]
    [InlineData("outOfScope", MailboxProblem.AccessDenied)]
    [InlineData("unlicensed", MailboxProblem.MailboxNotFound)]
    [InlineData("deleted", MailboxProblem.MailboxNotFound)]
    public async Task A_mailbox_out_of_reach_is_named_and_read_again_once_it_is_back(string state, string problem)
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, IsWell);
        await world.SayAsync("/sim/mailboxes", new JsonObject { ["user"] = rep.Address, ["state"] = state });

        var board = await World.BoardWhenAsync(rep, board => ProblemOf(board) == problem);

        Assert.Equal("mailboxUnreachable", board["gate"]!["why"]!.GetValue<string>());
        await world.SayAsync("/sim/mailboxes", new JsonObject { ["user"] = rep.Address, ["state"] = "ok" });
        await World.BoardWhenAsync(rep, IsWell);
    }

    [Theory]
    [InlineData("Authorization_RequestDenied", 403, MailboxProblem.ConsentMissing)]
    [InlineData("ErrorAccessDenied", 403, MailboxProblem.AccessDenied)]
    [InlineData(null, 401, MailboxProblem.SignInRefused)]
    [InlineData(null, 504, MailboxProblem.GraphUnavailable)]
    public async Task What_Graph_refuses_is_told_by_its_code(string? code, int status, string problem)
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, IsWell);
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "status", ["status"] = status, ["code"] = code, ["match"] = "delta", ["times"] = 1000 });

        await World.BoardWhenAsync(rep, board => ProblemOf(board) == problem);

        await Simulated.MendAsync(world);
        await World.BoardWhenAsync(rep, IsWell);
    }

    [Fact]
    public async Task A_page_in_the_place_of_an_answer_says_nothing_about_the_mailbox()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        await World.BoardWhenAsync(rep, IsWell);
        await Simulated.FailAsync(world, "html", times: 1000, match: "delta", status: 403);

        await World.BoardWhenAsync(rep, board => ProblemOf(board) == MailboxProblem.GraphUnavailable);
    }

    [Fact]
    public async Task A_claims_challenge_is_answered_with_a_new_token_without_anybody_noticing()
    {
        await using var world = await StartAsync();
        var rep = await world.UserAsync("mira@contoso.com");
        var before = (await World.BoardWhenAsync(rep, IsWell))["revision"]!.GetValue<long>();
        await Simulated.ForgetRequestsAsync(world);
        await Simulated.FailAsync(world, "claims", match: "delta");

        await World.UntilAsync(async () => (await TokensAsync(world)).Count > 0 && (await Simulated.RequestsAsync(world)).Count(x => Status(x) == 200 && Path_(x).Contains("delta", StringComparison.Ordinal)) > 2);

        Assert.Equal(before, (await rep.BoardAsync())["revision"]!.GetValue<long>());
        Assert.Single(await TokensAsync(world));
    }

    [Fact]
    public async Task However_many_mailboxes_wait_Entra_is_asked_once_and_after_a_refusal_ever_more_rarely()
    {
        var log = new KeptLog();
        await using var world = await StartAsync([("Mailbox:SweepInterval", "00:00:30")], builder => builder.Logging.AddProvider(log));
        await world.SayAsync("/sim/faults", new JsonObject { ["kind"] = "token", ["code"] = "AADSTS7000222", ["times"] = 10_000 });
        var reps = new List<Person>();
        for (var i = 0; i < 12; i++)
        {
            reps.Add(await world.UserAsync(string.Create(CultureInfo.InvariantCulture, $"rep{i}@contoso.com")));
        }

        await Task.WhenAll(reps.Select(x => x.BoardAsync()));
        foreach (var rep in reps)
        {
            await World.BoardWhenAsync(rep, board => ProblemOf(board) == MailboxProblem.SecretExpired);
        }

        await Task.Delay(TimeSpan.FromSeconds(8), Ct);

        // Pauses of 1, 2, 4, 8 seconds, whoever asks.
        Assert.InRange((await TokensAsync(world)).Count, 1, 6);
        Assert.Equal(12, log.Messages.Count(x => x.Contains(MailboxProblem.SecretExpired, StringComparison.Ordinal)));
        await Simulated.MendAsync(world);
        await Simulated.ForgetRequestsAsync(world);
        await World.UntilAsync(async () => (await Task.WhenAll(reps.Select(x => x.BoardAsync()))).All(IsWell));
        Assert.Single(await TokensAsync(world));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task<World> StartAsync(IReadOnlyList<(string Key, string? Value)>? settings = null, Action<WebApplicationBuilder>? configure = null) =>
        World.StartAsync(
            Database.Sqlite,
            postgres,
            settings: new[] { (Key: "Mailbox:SweepInterval", Value: (string?)"00:00:02") }
                .Concat(settings ?? []).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Last().Value),
            configure: configure);

    private static bool IsWell(JsonNode board) => board["gate"]!["on"]!.GetValue<bool>() && ProblemOf(board) is null;

    private static string? ProblemOf(JsonNode board) => board["mailbox"]!["problem"]?.GetValue<string>();

    private static int Status(JsonNode request) => request["status"]!.GetValue<int>();

    private static string Path_(JsonNode request) => request["path"]!.GetValue<string>();

    private static async Task<List<JsonNode>> TokensAsync(World world) =>
        [.. (await Simulated.RequestsAsync(world)).Where(x => Path_(x).EndsWith("/token", StringComparison.Ordinal))];

    private X509Certificate2 Certificate() =>
        new CertificateRequest("CN=InboxGate", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30));

    private string Write(X509Certificate2 certificate, string file, string? password)
    {
        var path = Path.Combine(folder, file);
        if (file.EndsWith(".pfx", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
            return path;
        }

        using var own = certificate.GetRSAPrivateKey()!;
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + (password is null
            ? own.ExportPkcs8PrivateKeyPem()
            : own.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000))) + "\n");
        return path;
    }

    /// <summary>What an identity provider that Entra trusts would write.</summary>
    private string Assertion(string audience) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Client,
        Audience = audience,
        Claims = new Dictionary<string, object> { ["sub"] = Client, ["jti"] = Guid.NewGuid().ToString() },
        Expires = Now.AddMinutes(10).UtcDateTime,
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256),
    });

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
