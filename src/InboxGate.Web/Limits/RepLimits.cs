using System.Threading.RateLimiting;
using InboxGate.Web.People;
using InboxGate.Web.Problems;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Limits;

/// <summary>What one rep may ask: so many requests in a time, so many at once, and so many live connections. Who is at rest takes no memory.</summary>
public sealed class RepLimits : IDisposable
{
    private readonly bool isOn;
    private readonly PartitionedRateLimiter<RepKey> rate;
    private readonly PartitionedRateLimiter<HttpContext> atOnce;
    private readonly PartitionedRateLimiter<HttpContext> live;

    public RepLimits(IOptions<LimitOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var limits = options.Value;
        isOn = limits.Rates;
        rate = PartitionedRateLimiter.Create<RepKey, RepKey>(rep => rep == default
            ? RateLimitPartition.GetNoLimiter(rep)
            : RateLimitPartition.GetTokenBucketLimiter(rep, _ => RequestLimits.Bucket(limits.RepBurst, limits.RepPerSecond)));
        // A request counts as long as it runs, and a live connection is one that runs on.
        atOnce = PartitionedRateLimiter.Create<HttpContext, RepKey>(context => RepOf(context) is var rep && (rep == default || RequestLimits.IsLive(context))
            ? RateLimitPartition.GetNoLimiter(default(RepKey))
            : RateLimitPartition.GetConcurrencyLimiter(rep, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.RepAtOnce, QueueLimit = limits.RepWaiting }));
        live = PartitionedRateLimiter.Create<HttpContext, RepKey>(context => RepOf(context) is var rep && (rep == default || !RequestLimits.IsLive(context))
            ? RateLimitPartition.GetNoLimiter(default(RepKey))
            : RateLimitPartition.GetConcurrencyLimiter(rep, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.RepLiveConnections }));
        Requests = PartitionedRateLimiter.CreateChained(rate.WithTranslatedKey<HttpContext>(RepOf, leaveOpen: true), live, atOnce);
    }

    public PartitionedRateLimiter<HttpContext> Requests { get; }

    /// <summary>For a rep who is known by something else than a token.</summary>
    /// <exception cref="RefusalException">It is too much.</exception>
    public void Count(RepKey rep)
    {
        if (!isOn)
        {
            return;
        }

        using var lease = rate.AttemptAcquire(rep);
        if (!lease.IsAcquired)
        {
            throw new RefusalException(
                StatusCodes.Status429TooManyRequests, ProblemAnswers.TooManyRequests, "That was too much at once.", "Wait as long as Retry-After says, then go on: nothing was lost.")
            {
                RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
            };
        }
    }

    public void Dispose()
    {
        Requests.Dispose();
        live.Dispose();
        atOnce.Dispose();
        rate.Dispose();
    }

    /// <summary>Nobody where no person is signed in: they are refused further on.</summary>
    private static RepKey RepOf(HttpContext context) => context.User.IsPerson() ? context.User.Rep() : default;
}
