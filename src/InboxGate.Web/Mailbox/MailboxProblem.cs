using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using InboxGate.Web.SignIn;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Identity.Client;
using Microsoft.Kiota.Abstractions;
using Polly;

namespace InboxGate.Web.Mailbox;

/// <summary>What keeps a mailbox from being read, as a stable code, with words for those who can mend it.</summary>
public static partial class MailboxProblem
{
    public const string ConsentMissing = "consentMissing";
    public const string AccessDenied = "accessDenied";
    public const string MailboxNotFound = "mailboxNotFound";
    public const string SecretExpired = "secretExpired";
    public const string TokenRefused = "tokenRefused";
    public const string SignInNeeded = "signInNeeded";
    public const string SignInRefused = "signInRefused";
    public const string GraphUnavailable = "graphUnavailable";

    /// <summary>Only slower, not out of reach: the gate stays as it is.</summary>
    public const string Throttled = "throttled";

    /// <summary>The watch itself failed, not what it watches.</summary>
    public const string WatchFailed = "watchFailed";

    /// <summary>The code; null for a cancellation and for what is no fault of Microsoft Graph or Entra.</summary>
    public static string? Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            SignInNeededException => SignInNeeded,
            AuthenticationFailedException or MsalException => OfToken(failure),
            ODataError error => OfAnswer(error, error.Error?.Code),
            ApiException error => OfAnswer(error, null),
            DeltaExpiredException => GraphUnavailable,
            MailboxBusyException => Throttled,
            // No answer, none in time, one that breaks off, or one that is not Graph's; or a circuit that is open after many of those.
            ExecutionRejectedException or HttpRequestException or IOException or InvalidDataException or JsonException => GraphUnavailable,
            OperationCanceledException { InnerException: TimeoutException } => GraphUnavailable,
            AggregateException { InnerExceptions: [var only] } => Of(only),
            _ => null,
        };
    }

    /// <summary>The claims, as JSON, that a new sign-in must ask for; null when the failure asks for none.</summary>
    public static string? ClaimsOf(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (Chain(failure).OfType<MsalServiceException>().FirstOrDefault(x => !string.IsNullOrEmpty(x.Claims)) is { } refused)
        {
            return refused.Claims;
        }

        return failure is ApiException { ResponseStatusCode: (int)HttpStatusCode.Unauthorized } answer
            ? ChallengeOf(answer.ResponseHeaders)
            : null;
    }

    /// <summary>For the administrator: what happened and what to do. For the rep: why the gate is off.</summary>
    public static ProblemWords Explain(string code) => code switch
    {
        ConsentMissing => new(
            "The tenant has not consented to the permissions that InboxGate needs, or does not know the app. Open the admin consent link of the app registration as an administrator of this tenant.",
            "Gate is off: your organization has not yet allowed InboxGate to see your mailbox. Your administrator can."),
        AccessDenied => new(
            "Exchange refuses access to this mailbox: it lies outside the scope given to the app (RBAC for Applications). Add it to the scope, or let the rep leave; a change takes up to two hours.",
            "Gate is off: InboxGate may not see your mailbox. Your administrator can allow it."),
        MailboxNotFound => new(
            "Microsoft Graph finds no mailbox for this user: deleted, without a licence, or on premises. Give it a licence or move it to Exchange Online, or let the rep leave.",
            "Gate is off: Microsoft finds no mailbox for you. Your administrator can look into it."),
        SecretExpired => new(
            "Entra refuses the app's secret or certificate: it is wrong, has expired or is not registered. Put a valid one in place (Entra:ClientSecret, Entra:CertificatePath or Entra:FederatedTokenFile).",
            "Gate is off: InboxGate's own sign-in has run out. Your administrator can renew it."),
        TokenRefused => new(
            "Entra refuses the app a token for this tenant. Look up the refusal under the app's sign-in logs in Entra.",
            "Gate is off: InboxGate cannot sign in to Microsoft. Your administrator can look into it."),
        SignInNeeded => new(
            "Entra or Microsoft Graph asks for a fresh sign-in of the rep, for example with a second factor. It mends itself when the rep signs in.",
            "Gate is off: Microsoft asks you to sign in again."),
        SignInRefused => new(
            "Microsoft Graph refuses the app's token. Look whether the app was disabled in this tenant, and whether this machine's clock is right.",
            "Gate is off: Microsoft refuses InboxGate's sign-in. Your administrator can look into it."),
        GraphUnavailable => new(
            "Microsoft Graph or Entra does not answer, or only with errors. It is tried again by itself; see the service health page if it lasts.",
            "Gate is off: Microsoft does not answer at the moment. It comes back by itself."),
        Throttled => new(
            "Microsoft Graph asks for a pause with this mailbox. It is read again as soon as that is over.",
            "Microsoft asks for a pause: new mail is seen a little later."),
        _ => new(
            "InboxGate failed to read this mailbox for a reason of its own; the server's log has the details. It is tried again by itself.",
            "Gate is off: InboxGate has a problem of its own. It tries again by itself."),
    };

    private static string OfAnswer(ApiException answer, string? code) => answer.ResponseStatusCode switch
    {
        401 => ChallengeOf(answer.ResponseHeaders) is null ? SignInRefused : SignInNeeded,
        403 when Is(code, "Authorization_RequestDenied") => ConsentMissing,
        403 when Is(code, "insufficient_claims") => SignInNeeded,
        403 => AccessDenied,
        404 => MailboxNotFound,
        429 => Throttled,
        // Too old a link that even a new round does not mend, a mailbox that is being moved, an error of the service.
        _ => GraphUnavailable,
    };

    /// <summary>Entra's own number decides; without one, nobody may have answered at all.</summary>
    private static string OfToken(Exception failure)
    {
        var refused = Chain(failure).OfType<MsalServiceException>().FirstOrDefault();
        foreach (var code in refused is null ? [] : CodesOf(refused))
        {
            switch (code)
            {
                case 65001 or 65004 or 700016 or 90002 or 90094 or 500011 or 50105:
                    return ConsentMissing;
                case 7000215 or 7000222 or 7000218 or 700027 or 700024 or 700021 or 700211 or 700212 or 700213:
                    return SecretExpired;
                case 50076 or 50079 or 50158 or 50013 or 500133 or 50173 or 70008 or 700082 or (>= 53000 and <= 53003):
                    return SignInNeeded;
                case 50196 or 90033 or 90055:
                    return GraphUnavailable;
            }
        }

        if (refused is not null && !string.IsNullOrEmpty(refused.Claims))
        {
            return SignInNeeded;
        }

        if (refused is not null && refused.StatusCode is not 0)
        {
            return refused.StatusCode is >= 500 or 429 ? GraphUnavailable : TokenRefused;
        }

        if (Chain(failure).Any(x => x is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or CryptographicException))
        {
            return SecretExpired; // The app's certificate or federated token cannot be read.
        }

        return Chain(failure).Any(x => x is HttpRequestException or IOException or ExecutionRejectedException or RequestFailedException { Status: 0 or >= 500 }
                or OperationCanceledException or JsonException or MsalServiceException or MsalClientException { ErrorCode: MsalError.JsonParseError })
            ? GraphUnavailable
            : TokenRefused;
    }

    private static IEnumerable<int> CodesOf(MsalServiceException refused)
    {
        if (string.IsNullOrEmpty(refused.ResponseBody))
        {
            return [];
        }

        try
        {
            using var body = JsonDocument.Parse(refused.ResponseBody);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("error_codes", out var codes) && codes.ValueKind == JsonValueKind.Array
                ? [.. codes.EnumerateArray().Where(x => x.ValueKind == JsonValueKind.Number).Select(x => x.TryGetInt32(out var code) ? code : 0)]
                : [];
        }
        catch (JsonException)
        {
            return []; // A gateway's page in place of Entra's answer.
        }
    }

    /// <summary>The claims of a <c>WWW-Authenticate: Bearer …, claims="{base64}"</c>.</summary>
    private static string? ChallengeOf(IDictionary<string, IEnumerable<string>>? headers)
    {
        var challenge = headers?.Where(x => x.Key.Equals("WWW-Authenticate", StringComparison.OrdinalIgnoreCase)).SelectMany(x => x.Value)
            .Select(x => ClaimsInChallenge().Match(x)).FirstOrDefault(x => x.Success);
        if (challenge is null)
        {
            return null;
        }

        var text = challenge.Groups["claims"].Value;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : text;
    }

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var link = failure; link is not null; link = link.InnerException)
        {
            yield return link;
        }
    }

    private static bool Is(string? code, string expected) => code?.StartsWith(expected, StringComparison.OrdinalIgnoreCase) == true;

    [GeneratedRegex("""claims\s*=\s*"(?<claims>[^"]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClaimsInChallenge();
}

/// <param name="ForAdministrator">What happened and what to do.</param>
/// <param name="ForRep">One sentence for the pane.</param>
public sealed record ProblemWords(string ForAdministrator, string ForRep);
