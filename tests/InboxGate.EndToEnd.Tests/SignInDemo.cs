using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboxGate.EndToEnd.Tests;

/// <summary>A demo for all tests of signing in, and what a browser needs to trust the simulated Entra of it.</summary>
public sealed class SignInDemo : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("inboxgate-sign-in-");

    internal Demo Demo { get; private set; } = null!;

    /// <summary>The hash of the public key that the simulated Entra shows, checked against the demo's own authority.</summary>
    internal string TrustedKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Demo = await Demo.StartAsync(TestContext.Current.CancellationToken, "--data", folder.FullName);
        TrustedKey = await KeyAsync(
            Demo.Simulator.BaseAddress!.Port + 1,
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.FullName, "simulator", "ca.pem")));
    }

    public async ValueTask DisposeAsync()
    {
        await Demo.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<string> KeyAsync(int port, X509Certificate2 authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        using var connection = new TcpClient();
        await connection.ConnectAsync("localhost", port, TestContext.Current.CancellationToken);
        await using var secured = new SslStream(connection.GetStream());
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy }, TestContext.Current.CancellationToken);
        using var shown = X509CertificateLoader.LoadCertificate(secured.RemoteCertificate!.GetRawCertData());
        return Convert.ToBase64String(SHA256.HashData(shown.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}
