using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InboxGate.Web.SignIn;

namespace InboxGate.Web.Tests.SignIn;

public sealed class EntraOptionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("inboxgate-entra-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_secret_is_enough() => Assert.Empty(Problems(secret: "a secret"));

    [Fact]
    public void A_managed_identity_is_enough() => Assert.Empty(Problems(managedIdentity: true));

    [Fact]
    public void No_credential_at_all_is_named_with_all_that_would_do()
    {
        var problem = Assert.Single(Problems());

        Assert.All(
            ["Entra:ClientSecret", "Entra:CertificatePath", "Entra:ManagedIdentity", "Entra:FederatedTokenFile"],
            x => Assert.Contains(x, problem, StringComparison.Ordinal));
    }

    [Theory, InlineData(""), InlineData("  ")]
    public void An_empty_secret_is_none(string secret) => Assert.Single(Problems(secret: secret));

    [Fact]
    public void Two_credentials_are_one_too_many() =>
        Assert.Contains("exactly one", Assert.Single(Problems(secret: "a secret", managedIdentity: true)), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_that_is_not_there_is_named() =>
        Assert.Contains("Entra:CertificatePath", Assert.Single(Problems(certificate: Path.Combine(folder, "none.pem"))), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_certificate_is_named() =>
        Assert.Contains("Entra:CertificatePath", Assert.Single(Problems(certificate: Write("not.pem", "no certificate"))), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_without_its_key_is_named() =>
        Assert.Contains("private key", Assert.Single(Problems(certificate: Write("public.pem", Pem().Certificate))), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_with_its_key_is_enough()
    {
        var (certificate, key) = Pem();

        Assert.Empty(Problems(certificate: Write("app.pem", certificate + "\n" + key)));
    }

    [Fact]
    public void A_wrong_password_is_named()
    {
        using var key = RSA.Create(2048);
        using var certificate = Sign(key);
        var path = Path.Combine(folder, "app.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "right"));

        Assert.Contains("Entra:CertificatePassword", Assert.Single(Problems(certificate: path, password: "wrong")), StringComparison.Ordinal);
        Assert.Empty(Problems(certificate: path, password: "right"));
    }

    [Fact]
    public void A_federated_token_that_is_not_there_is_named() =>
        Assert.Contains("Entra:FederatedTokenFile", Assert.Single(Problems(federated: Path.Combine(folder, "none"))), StringComparison.Ordinal);

    [Fact]
    public void A_federated_token_is_enough() => Assert.Empty(Problems(federated: Write("token", "a token")));

    [Fact]
    public void A_private_authority_that_is_not_there_is_named() =>
        Assert.Contains("Entra:CertificateAuthorityPath", Assert.Single(Problems(secret: "a secret", authority: Path.Combine(folder, "none.pem"))), StringComparison.Ordinal);

    [Fact]
    public void The_identity_of_a_machine_is_chosen_only_where_one_is_used() =>
        Assert.Contains("Entra:ManagedIdentityClientId", Assert.Single(Problems(secret: "a secret", identity: "33333333-3333-4333-8333-333333333333")), StringComparison.Ordinal);

    private static X509Certificate2 Sign(RSA key) => new CertificateRequest("CN=InboxGate", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));

    private static (string Certificate, string Key) Pem()
    {
        using var key = RSA.Create(2048);
        using var certificate = Sign(key);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static List<string> Problems(
        string? secret = null, string? certificate = null, string? password = null, bool managedIdentity = false,
        string? identity = null, string? federated = null, string? authority = null)
    {
        var options = new EntraOptions
        {
            Authority = new Uri("https://login.microsoftonline.com/"),
            ClientId = "22222222-2222-4222-8222-222222222222",
            Tenants = ["11111111-1111-4111-8111-111111111111"],
            ClientSecret = secret,
            CertificatePath = certificate,
            CertificatePassword = password,
            ManagedIdentity = managedIdentity,
            ManagedIdentityClientId = identity,
            FederatedTokenFile = federated,
            CertificateAuthorityPath = authority,
        };
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return [.. problems.Select(x => x.ErrorMessage!)];
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
