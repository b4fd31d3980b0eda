using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboxGate.Simulator.Certificates;

/// <summary>The simulator's own certificate authority: trusted by whoever is given its certificate, by nobody else.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string CertificateFileName = "ca.pem";
    private const string KeyFileName = "ca.key.pem";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(730);

    private readonly X509Certificate2 certificate;

    private CertificateAuthority(X509Certificate2 certificate, string directory)
    {
        this.certificate = certificate;
        CertificateFile = Path.Combine(directory, CertificateFileName);
        CertificatePem = certificate.ExportCertificatePem() + "\n";
    }

    public string CertificatePem { get; }

    public string CertificateFile { get; }

    public static CertificateAuthority Open(string directory)
    {
        // Certificate and key in one file, so that they always belong together; the certificate again by itself, to be trusted.
        var keyFile = Path.Combine(directory, KeyFileName);
        if (File.Exists(keyFile))
        {
            var kept = X509Certificate2.CreateFromPemFile(keyFile);
            if (kept.NotAfter.ToUniversalTime() > TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(30))
                return Publish(new CertificateAuthority(kept, directory));

            kept.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=InboxGate simulator authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        var authority = new CertificateAuthority(request.CreateSelfSigned(now.AddDays(-1), now + Lifetime), directory);

        PrivateFile.Write(keyFile, authority.CertificatePem + key.ExportPkcs8PrivateKeyPem() + "\n");
        return Publish(authority);
    }

    /// <summary>A certificate for this machine under its loopback names, signed by this authority.</summary>
    public X509Certificate2 IssueForLoopback()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));

        var now = TimeProvider.System.GetUtcNow();
        var end = new[] { now.AddDays(365), new DateTimeOffset(certificate.NotAfter) }.Min();
        using var issued = request.Create(certificate, now.AddDays(-1), end, RandomNumberGenerator.GetBytes(16));
        using var withKey = issued.CopyWithPrivateKey(key);

        // Windows' TLS refuses a key that lives in memory only; a round trip through PKCS #12 satisfies it.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    private static CertificateAuthority Publish(CertificateAuthority authority)
    {
        if (!File.Exists(authority.CertificateFile) || File.ReadAllText(authority.CertificateFile) != authority.CertificatePem)
            PrivateFile.Write(authority.CertificateFile, authority.CertificatePem);
        return authority;
    }

    public void Dispose() => certificate.Dispose();
}
