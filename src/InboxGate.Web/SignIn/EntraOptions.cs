using System.ComponentModel.DataAnnotations;

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

        var credentials = (ClientSecret is null ? 0 : 1) + (CertificatePath is null ? 0 : 1) + (ManagedIdentity ? 1 : 0);
        if (credentials != 1)
        {
            yield return new ValidationResult("Set exactly one of Entra:ClientSecret, Entra:CertificatePath and Entra:ManagedIdentity.", [nameof(ClientSecret)]);
        }
    }
}
