using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Certificates;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Entra;

/// <summary>The key tokens are signed with, kept beside the journal so that tokens outlive a restart.</summary>
internal sealed class EntraKeys : IDisposable
{
    private const string FileName = "entra.key.pem";

    private readonly RSA rsa;

    private EntraKeys(RSA rsa)
    {
        this.rsa = rsa;
        // The shared cache would hold on to this key after it is disposed, and find it again when it is reopened.
        SigningKey = new RsaSecurityKey(rsa) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        SigningKey.KeyId = Base64UrlEncoder.Encode(SigningKey.ComputeJwkThumbprint());
        Signing = new SigningCredentials(SigningKey, SecurityAlgorithms.RsaSha256);
    }

    public RsaSecurityKey SigningKey { get; }

    public SigningCredentials Signing { get; }

    public static EntraKeys Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var rsa = RSA.Create(2048);
        if (File.Exists(path))
            rsa.ImportFromPem(File.ReadAllText(path));
        else
            PrivateFile.Write(path, rsa.ExportPkcs8PrivateKeyPem());

        return new EntraKeys(rsa);
    }

    public JsonObject Published(string issuer)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = SigningKey.KeyId,
                ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
                ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
                ["issuer"] = issuer,
            }),
        };
    }

    public void Dispose() => rsa.Dispose();
}
