using System.Net;

namespace InboxGate.Web.Mailbox;

/// <summary>A page of a gateway in the place of Microsoft Graph's words says nothing about a mailbox, whatever its status.</summary>
public sealed class GraphsWords : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType?.Equals("text/html", StringComparison.OrdinalIgnoreCase) != true)
        {
            return answer;
        }

        if (answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            // The status, and how long to wait, still count; the page is nothing to parse.
            answer.Content.Dispose();
            answer.Content = new ByteArrayContent([]);
            return answer;
        }

        using (answer)
        {
            throw new HttpRequestException("A page came in the place of Microsoft Graph's answer.", inner: null, answer.StatusCode);
        }
    }
}
