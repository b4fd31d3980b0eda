using System.Net.Http.Headers;
using Microsoft.Kiota.Abstractions;
using Polly.CircuitBreaker;

namespace InboxGate.Web.Mailbox;

/// <summary>How long a service asks to be left alone, in seconds or until a date (RFC 9110, 10.2.3). Real time, whatever the domain's clock says.</summary>
public static class RetryAfter
{
    /// <summary>A date far off is a clock that is wrong; a mailbox is not left unread for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan? Of(HttpResponseMessage answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Of(answer.Headers.RetryAfter);
    }

    /// <summary>What the failure itself says: the service's own word, or when an open circuit lets a request through again.</summary>
    public static TimeSpan? Of(Exception failure)
    {
        for (var link = failure; link is not null; link = link.InnerException)
        {
            if (link is ApiException answer)
            {
                return Of(answer.ResponseHeaders);
            }

            if (link is BrokenCircuitException { RetryAfter: { } wait })
            {
                return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, Longest.Ticks));
            }
        }

        return null;
    }

    public static TimeSpan? Of(IDictionary<string, IEnumerable<string>>? headers) =>
        headers?.FirstOrDefault(x => x.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } text
        && RetryConditionHeaderValue.TryParse(text, out var value)
            ? Of(value)
            : null;

    private static TimeSpan? Of(RetryConditionHeaderValue? value)
    {
        var wait = value?.Delta ?? value?.Date - TimeProvider.System.GetUtcNow();
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, Longest.Ticks));
    }
}
