using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace InboxGate.Web.SignIn;

/// <summary>Trusts a private certificate authority beside the system's: for Entra and Graph behind one, without touching the process.</summary>
public static class PrivateAuthority
{
    /// <param name="certificateAuthorityPath">A PEM file of root certificates; null for the system's trust alone.</param>
    public static SocketsHttpHandler CreateHandler(string? certificateAuthorityPath)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        if (certificateAuthorityPath is null)
        {
            return handler;
        }

        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(certificateAuthorityPath);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (errors == SslPolicyErrors.None)
            {
                return true;
            }

            // A wrong name or a missing certificate is never mended by another root.
            if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null)
            {
                return false;
            }

            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(roots);
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
            using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return own.Build(leaf);
        };
        return handler;
    }
}
