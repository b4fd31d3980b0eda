using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using InboxGate.Web.People;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Keeps every request of a throttled mailbox back until the time that Microsoft Graph named, whoever makes it: asking
/// earlier would be counted against the mailbox. It is answered here as the service would have.
/// </summary>
public sealed class MailboxPauses : DelegatingHandler
{
    private readonly ConcurrentDictionary<(RepKey Rep, bool IsSubscription), DateTimeOffset> until = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (MailboxRequest.RepOf(request) is not { } rep)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        // Subscriptions have a quota of their own.
        var key = (rep, MailboxRequest.KindOf(request) == "subscription");
        if (until.TryGetValue(key, out var end))
        {
            var left = end - TimeProvider.System.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                return Later(request, left);
            }

            until.TryRemove(new(key, end));
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests && RetryAfter.Of(answer) is { } wait && wait > TimeSpan.Zero)
        {
            var asked = TimeProvider.System.GetUtcNow() + wait;
            until.AddOrUpdate(key, asked, (_, known) => asked > known ? asked : known);
        }

        return answer;
    }

    private static HttpResponseMessage Later(HttpRequestMessage request, TimeSpan left) => new(HttpStatusCode.TooManyRequests)
    {
        RequestMessage = request,
        Headers = { RetryAfter = RetryConditionHeaderValue.Parse(Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture)) },
        Content = new StringContent("""{"error":{"code":"TooManyRequests","message":"The mailbox is left alone as long as it was asked for."}}""", Encoding.UTF8, "application/json"),
    };
}
