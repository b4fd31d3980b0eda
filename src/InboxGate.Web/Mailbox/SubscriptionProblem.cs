using System.Text.Json;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Polly;

namespace InboxGate.Web.Mailbox;

/// <summary>Why a mailbox has no subscription: stable codes, and words an administrator can act on. The sweep reads the mailbox meanwhile.</summary>
public static class SubscriptionProblem
{
    /// <summary>Microsoft Graph validates both of our addresses before it makes a subscription; it could not.</summary>
    public const string AddressUnreachable = "addressUnreachable";
    public const string Duplicate = "subscriptionDuplicate";
    public const string NotFound = "subscriptionNotFound";
    public const string Denied = "subscriptionDenied";
    public const string Refused = "subscriptionRefused";
    public const string Throttled = "throttled";

    /// <summary>No answer: while no subscription is known, one may have been made all the same.</summary>
    public const string GraphUnavailable = "graphUnavailable";

    /// <summary>What a refusal means; null when the failure is not about the subscription.</summary>
    public static string? Of(Exception failure, CancellationToken ct) => failure switch
    {
        OperationCanceledException when ct.IsCancellationRequested => null,
        ApiException { ResponseStatusCode: 400 } refused when IsAboutAddress(refused) => AddressUnreachable,
        ApiException { ResponseStatusCode: 401 or 403 } => Denied,
        ApiException { ResponseStatusCode: 404 } => NotFound,
        ApiException { ResponseStatusCode: 409 } => Duplicate,
        ApiException { ResponseStatusCode: 429 } => Throttled,
        ApiException { ResponseStatusCode: >= 400 and < 500 } => Refused,
        // An answer that is not Graph's, that breaks off, or none in time.
        ApiException or HttpRequestException or IOException or OperationCanceledException or JsonException or ExecutionRejectedException => GraphUnavailable,
        _ => null,
    };

    /// <summary>What happened and what to do.</summary>
    /// <param name="publicAddress">This server's address as Microsoft Graph is told to reach it.</param>
    public static string Explain(string problem, Uri publicAddress)
    {
        var says = problem switch
        {
            AddressUnreachable =>
                $"Microsoft Graph could not reach {MailboxAddresses.Notifications(publicAddress)}. Open that address to the internet on port 443 "
                + "with a public certificate, or set Mailbox:PublicAddress.",
            Duplicate =>
                "Microsoft Graph keeps an older subscription to this folder that could not be deleted. Check that no other installation uses this app registration.",
            NotFound =>
                "Microsoft Graph does not know this mailbox or folder. Check that the account still has an Exchange Online mailbox.",
            Denied =>
                "Microsoft Graph does not let this app subscribe to the mailbox. Grant Mail.ReadBasic.All with an administrator's consent, "
                + "and check that the mailbox lies in the scope given to the app in Exchange Online.",
            Refused =>
                "Microsoft Graph refused the subscription. The server's log names the status; if it stays, report it with that.",
            Throttled =>
                "Microsoft Graph asks for fewer requests. Nothing is to be done: the subscription is made when it lets us.",
            _ =>
                "Microsoft Graph did not answer. Nothing is to be done: it is tried again by itself.",
        };
        return says + " Mail is read at every sweep meanwhile.";
    }

    private static bool IsAboutAddress(ApiException refused)
    {
        var error = (refused as ODataError)?.Error;
        var message = error?.Message ?? refused.Message;
        return error?.Code == "ValidationError"
            || message.Contains("validation request failed", StringComparison.OrdinalIgnoreCase)
            || message.Contains("notificationUrl", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Where Microsoft Graph sends notifications.</summary>
public static class MailboxAddresses
{
    public static string Notifications(Uri publicAddress) => new Uri(publicAddress, "/api/graph/notifications").ToString();

    public static string Lifecycle(Uri publicAddress) => new Uri(publicAddress, "/api/graph/lifecycle").ToString();
}
