using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InboxGate.Simulator.Certificates;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Entra;

/// <summary>The keys tokens are signed with; the newest is kept beside the journal so that its tokens outlive a restart.</summary>
internal sealed class EntraKeys : IDisposable
{
    private const string FileName = "entra.key.pem";

    private readonly string path;
    private readonly Lock gate = new();
    private readonly List<RSA> withdrawn = [];

    /// <summary>Those published, the signing one first.</summary>
    private volatile IReadOnlyList<SigningKey> keys;

    private EntraKeys(string path, RSA rsa)
    {
        this.path = path;
        keys = [new SigningKey(rsa)];
    }

    /// <summary>All keys whose tokens are still good.</summary>
    public IEnumerable<SecurityKey> Published => keys.Select(x => x.Security);

    public SigningCredentials Signing => keys[0].Credentials;

    public static EntraKeys Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var rsa = RSA.Create(2048);
        if (File.Exists(path))
            rsa.ImportFromPem(File.ReadAllText(path));
        else
            PrivateFile.Write(path, rsa.ExportPkcs8PrivateKeyPem());

        return new EntraKeys(path, rsa);
    }

    /// <summary>From now on tokens are signed with a new key.</summary>
    /// <param name="withdraw">The keys before it are published no more, as after one was lost.</param>
    /// <returns>The new key's id.</returns>
    public string Roll(bool withdraw)
    {
        lock (gate)
        {
            var rsa = RSA.Create(2048);
            var before = keys;
            keys = [new SigningKey(rsa), .. withdraw ? [] : before];
            if (withdraw)
                withdrawn.AddRange(before.Select(x => x.Rsa));

            PrivateFile.Write(path, rsa.ExportPkcs8PrivateKeyPem());
            return keys[0].Security.KeyId;
        }
    }

    public JsonObject Document(string issuer) => new()
    {
        ["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key.Draw(issuer))]),
    };

    public void Dispose()
    {
        foreach (var rsa in keys.Select(x => x.Rsa).Concat(withdrawn))
            rsa.Dispose();
    }

    private sealed class SigningKey
    {
        public SigningKey(RSA rsa)
        {
            Rsa = rsa;
            // The shared cache would hold on to this key after it is disposed, and find it again when it is reopened.
            Security = new RsaSecurityKey(rsa) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
            Security.KeyId = Base64UrlEncoder.Encode(Security.ComputeJwkThumbprint());
            Credentials = new SigningCredentials(Security, SecurityAlgorithms.RsaSha256);
        }

        public RSA Rsa { get; }

        public RsaSecurityKey Security { get; }

        public SigningCredentials Credentials { get; }

        public JsonObject Draw(string issuer)
        {
            var parameters = Rsa.ExportParameters(includePrivateParameters: false);
            return new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = Security.KeyId,
                ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
                ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
                ["issuer"] = issuer,
            };
        }
    }
}
