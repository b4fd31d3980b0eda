using InboxGate.Web.People;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Mailbox;

/// <summary>Tells the handlers of a request whose mailbox it is about: a batch does not show it in its address.</summary>
public sealed record MailboxRequest(RepKey Rep) : IRequestOption
{
    private static readonly HttpRequestOptionsKey<IRequestOption> Key = new(typeof(MailboxRequest).FullName!);

    public static RepKey? RepOf(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Options.TryGetValue(Key, out var option) && option is MailboxRequest { Rep: var rep } ? rep : null;
    }

    public static bool IsBatch(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.RequestUri?.AbsolutePath.EndsWith("/$batch", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>What is asked for, as the metrics name it.</summary>
    public static string KindOf(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = request.RequestUri?.AbsolutePath ?? "";
        return true switch
        {
            _ when IsBatch(request) => "batch",
            _ when path.Contains("/oauth2/", StringComparison.OrdinalIgnoreCase) => "token",
            _ when path.Contains("/subscriptions", StringComparison.OrdinalIgnoreCase) => "subscription",
            _ when path.Contains("/contact", StringComparison.OrdinalIgnoreCase) => "contact",
            _ when path.Contains("/delta", StringComparison.OrdinalIgnoreCase) => "delta",
            _ when path.Contains("/messages", StringComparison.OrdinalIgnoreCase) => "message",
            _ when path.Contains("/masterCategories", StringComparison.OrdinalIgnoreCase) => "category",
            _ => "profile",
        };
    }
}
