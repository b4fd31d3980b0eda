using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Manifest;

/// <summary>What the manifests and the pages they name say about whoever runs this server.</summary>
public sealed class ManifestOptions : IValidatableObject
{
    public const string Section = "Manifest";

    /// <summary>Where people find help: a mail address or a web page. Without it they are told to ask their administrator.</summary>
    public string? Support { get; init; }

    /// <summary>Your own page about InboxGate, in place of the one that is served.</summary>
    public Uri? AboutPage { get; init; }

    public Uri? PrivacyPage { get; init; }

    public Uri? TermsPage { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Support) && SupportLink(Support) is null)
        {
            yield return new ValidationResult("Manifest:Support must be a mail address or an https address.", [nameof(Support)]);
        }

        foreach (var (name, page) in new[] { (nameof(AboutPage), AboutPage), (nameof(PrivacyPage), PrivacyPage), (nameof(TermsPage), TermsPage) })
        {
            if (page is not null && !(page.IsAbsoluteUri && page.Scheme == Uri.UriSchemeHttps))
            {
                yield return new ValidationResult($"Manifest:{name} must be an https address.", [name]);
            }
        }
    }

    /// <summary>What a click on the support address opens; null when it is neither a mail address nor an https page.</summary>
    public static string? SupportLink(string support) =>
        Uri.TryCreate(support, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps ? page.AbsoluteUri
        : new EmailAddressAttribute().IsValid(support) && !support.Any(char.IsWhiteSpace) ? "mailto:" + Uri.EscapeDataString(support).Replace("%40", "@", StringComparison.Ordinal)
        : null;
}
