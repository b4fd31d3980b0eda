using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InboxGate.Web.SignIn;

/// <summary>The app registration: who may sign in, and how the server signs in to Microsoft Graph.</summary>
public sealed class EntraOptions : IValidatableObject
{
    public const string Section = "Entra";

    /// <summary>For example https://login.microsoftonline.com/; government clouds have their own.</summary>
    [Required(ErrorMessage = "Entra:Authority is missing, for example https://login.microsoftonline.com/.")]
    public required Uri Authority { get; init; }

    /// <summary>The API's application id: the audience of its tokens.</summary>
    [Required(ErrorMessage = "Entra:ClientId is missing: the id of the API's app registration.")]
    public required string ClientId { get; init; }

    /// <summary>For trying out; a certificate or a managed identity for real.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>A PFX or PEM file with its private key.</summary>
    public string? CertificatePath { get; init; }
    public string? CertificatePassword { get; init; }

    /// <summary>Use the machine's managed identity as the app's federated credential.</summary>
    public bool ManagedIdentity { get; init; }

    /// <summary>Which of the machine's identities; without it the machine's own.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>A file with the token of the app's federated credential, as a cluster or a build service keeps it fresh.</summary>
    public string? FederatedTokenFile { get; init; }

    /// <summary>Ids of the tenants that are served; everybody else's tokens are refused.</summary>
    [Required(ErrorMessage = "Entra:Tenants is missing: the ids of the tenants that are served."), MinLength(1)]
    public required IReadOnlyList<string> Tenants { get; init; }

    /// <summary>A PEM file of private roots to trust beside the system's.</summary>
    public string? CertificateAuthorityPath { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is not null && !Guid.TryParse(ClientId, out _))
        {
            yield return new ValidationResult("Entra:ClientId must be the application's id, a GUID.", [nameof(ClientId)]);
        }

        foreach (var tenant in Tenants ?? [])
        {
            if (!Guid.TryParse(tenant, out _))
            {
                yield return new ValidationResult("Each of Entra:Tenants must be a tenant's id, a GUID.", [nameof(Tenants)]);
            }
        }

        var given = new[] { HasText(ClientSecret), HasText(CertificatePath), ManagedIdentity, HasText(FederatedTokenFile) }.Count(x => x);
        if (given != 1)
        {
            yield return new ValidationResult(
                "Set exactly one of Entra:ClientSecret, Entra:CertificatePath, Entra:ManagedIdentity and Entra:FederatedTokenFile.", [nameof(ClientSecret)]);
        }

        if (HasText(ManagedIdentityClientId) && !ManagedIdentity)
        {
            yield return new ValidationResult("Entra:ManagedIdentityClientId needs Entra:ManagedIdentity.", [nameof(ManagedIdentityClientId)]);
        }

        if (HasText(CertificatePath) && CertificateProblem() is { } problem)
        {
            yield return new ValidationResult(problem, [nameof(CertificatePath)]);
        }

        if (HasText(FederatedTokenFile) && !File.Exists(FederatedTokenFile))
        {
            yield return new ValidationResult("Entra:FederatedTokenFile names a file that is not there.", [nameof(FederatedTokenFile)]);
        }

        if (CertificateAuthorityPath is not null && !File.Exists(CertificateAuthorityPath))
        {
            yield return new ValidationResult("Entra:CertificateAuthorityPath names a file that is not there.", [nameof(CertificateAuthorityPath)]);
        }
    }

    /// <summary>A PEM file with its key, or a PFX; either may have a password.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate with a private key, or the password is wrong.</exception>
    public X509Certificate2 LoadCertificate() => (X509Certificate2.GetCertContentType(CertificatePath!), CertificatePassword) switch
    {
        (X509ContentType.Pfx, var password) => X509CertificateLoader.LoadPkcs12FromFile(CertificatePath!, password),
        (_, { Length: > 0 } password) => X509Certificate2.CreateFromEncryptedPemFile(CertificatePath!, password),
        _ => X509Certificate2.CreateFromPemFile(CertificatePath!),
    };

    private string? CertificateProblem()
    {
        if (!File.Exists(CertificatePath))
        {
            return "Entra:CertificatePath names a file that is not there.";
        }

        try
        {
            using var certificate = LoadCertificate();
            return certificate.HasPrivateKey ? null : "Entra:CertificatePath holds no private key.";
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return "Entra:CertificatePath cannot be read: it must be a PEM file with its private key or a PFX file, and Entra:CertificatePassword its password if it has one.";
        }
    }

    private static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);
}
