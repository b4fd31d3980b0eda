using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;

namespace InboxGate.Simulator.Notifications;

/// <summary>Before a subscription is made, its address has to give back a token as plain text within ten seconds.</summary>
internal sealed class ValidationHandshake(HttpClient http)
{
    private const string Failed = "Subscription validation request failed.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>What went wrong, as Graph words it; null when the address passed.</summary>
    public async Task<string?> ProblemAsync(string url, CancellationToken ct)
    {
        // With characters that have to survive being escaped once, and only once.
        var token = $"Validation: Testing client application reachability for subscription Request-Id: {Guid.NewGuid()} +%/";
        var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}{separator}validationToken={Uri.EscapeDataString(token)}");
        request.Content = new StringContent("", new MediaTypeHeaderValue(MediaTypeNames.Text.Plain, "utf-8"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return $"{Failed} Notification endpoint must respond with 200 OK to validation request; it answered {(int)response.StatusCode}.";
            if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Text.Plain)
                return $"{Failed} Must respond with content type text/plain.";

            return body == token ? null : $"{Failed} The endpoint did not give back the validation token.";
        }
        catch (HttpRequestException unreachable)
        {
            return $"{Failed} The notification endpoint could not be reached: {unreachable.Message}";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "Subscription validation request timed out.";
        }
    }
}
