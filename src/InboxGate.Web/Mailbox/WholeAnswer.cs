using InboxGate.Web.Telemetry;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// Reads an answer to its end before anyone above sees it, so that time limits, tries and places hold for all of it:
/// the SDK asks for headers first, and a body that then stalls would hang for good.
/// </summary>
public sealed class WholeAnswer(MailboxMetrics metrics) : DelegatingHandler
{
    private const long LargestBytes = 32 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? answer = null;
        var isWhole = false;
        try
        {
            answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(LargestBytes, cancellationToken);
            isWhole = true;
            if (metrics.AreThrottlesWanted && MailboxRequest.IsBatch(request))
            {
                metrics.Throttled(BatchStatuses.Throttled(await answer.Content.ReadAsByteArrayAsync(cancellationToken)));
            }

            return answer;
        }
        finally
        {
            metrics.GraphRequested(MailboxRequest.KindOf(request), isWhole ? (int)answer!.StatusCode : 0);
            if (!isWhole)
            {
                answer?.Dispose();
            }
        }
    }
}
