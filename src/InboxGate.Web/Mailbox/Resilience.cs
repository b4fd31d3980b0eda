using System.Threading.RateLimiting;
using InboxGate.Web.People;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// The one place that decides how often, how long and how many at once Microsoft Graph and Entra are asked. A service
/// that asks for a pause (429) is not waited for here: its answer goes up at once, so that other mailboxes get the place.
/// </summary>
public sealed partial class Resilience : IDisposable
{
    /// <summary>A pause that a failing service asks for is waited out here only if it is as short as our own would be.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ResilienceOptions options;
    private readonly ILogger<Resilience> logger;
    private readonly PartitionedRateLimiter<HttpRequestMessage> mailboxTurns;
    private readonly ConcurrencyLimiter graphTurns;
    private readonly ConcurrencyLimiter entraTurns;

    public Resilience(IOptions<ResilienceOptions> options, ILogger<Resilience> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.logger = logger;
        mailboxTurns = PartitionedRateLimiter.Create<HttpRequestMessage, RepKey>(request => MailboxRequest.RepOf(request) is { } rep
            ? RateLimitPartition.GetConcurrencyLimiter(rep, _ => Limit(this.options.MailboxConcurrency))
            : RateLimitPartition.GetNoLimiter<RepKey>(default));
        graphTurns = new ConcurrencyLimiter(Limit(this.options.GraphConcurrency));
        entraTurns = new ConcurrencyLimiter(Limit(this.options.EntraConcurrency));
        GraphTurns = Pipeline("graph-turns")
            .AddRateLimiter(new RateLimiterStrategyOptions { Name = "mailbox", RateLimiter = args => MailboxTurnAsync(args.Context) })
            .AddRateLimiter(graphTurns)
            .Build();
        // A second POST may make a second thing; a batch of ours only reads, or writes what may be written twice.
        Graph = Attempts(Pipeline("graph"), Dependency.Graph, request => request.Method != HttpMethod.Post || MailboxRequest.IsBatch(request)).Build();
        Entra = Attempts(Pipeline("entra").AddRateLimiter(entraTurns), Dependency.Entra, _ => true).Build();
    }

    /// <summary>A place for each request: so many at once for one mailbox, so many over all.</summary>
    public ResiliencePipeline<HttpResponseMessage> GraphTurns { get; }

    /// <summary>The tries of one request to Microsoft Graph.</summary>
    public ResiliencePipeline<HttpResponseMessage> Graph { get; }

    /// <summary>A request for a token, its place included.</summary>
    public ResiliencePipeline<HttpResponseMessage> Entra { get; }

    public void Dispose()
    {
        mailboxTurns.Dispose();
        graphTurns.Dispose();
        entraTurns.Dispose();
    }

    private ValueTask<RateLimitLease> MailboxTurnAsync(ResilienceContext context)
    {
        var request = context.GetRequestMessage()!;
        return mailboxTurns.AcquireAsync(request, MailboxRequest.IsBatch(request) ? options.MailboxConcurrency : 1, context.CancellationToken);
    }

    private ResiliencePipelineBuilder<HttpResponseMessage> Attempts(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, Dependency dependency, Predicate<HttpRequestMessage> mayRepeat)
    {
        pipeline.AddTimeout(new TimeoutStrategyOptions { Name = "total", Timeout = options.TotalTimeout });
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                // A service that hangs is left alone and tried again later.
                ShouldHandle = args => ValueTask.FromResult(
                    args.Context.GetRequestMessage() is { } request && mayRepeat(request)
                    && (args.Outcome.Result is { } answer
                        ? IsFailure(answer) && (RetryAfter.Of(answer) ?? TimeSpan.Zero) <= LongestWait
                        : args.Outcome.Exception is HttpRequestException or IOException)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? RetryAfter.Of(answer) : null),
            });
        }

        return pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = options.FailureRatio,
                SamplingDuration = options.SamplingDuration,
                MinimumThroughput = options.MinimumThroughput,
                BreakDuration = options.BreakDuration,
                // What one mailbox is refused, or asked to wait for, says nothing about the service.
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { } answer
                    ? IsFailure(answer)
                    : args.Outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException),
                OnOpened = args =>
                {
                    Log.Opened(logger, dependency, args.BreakDuration.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    Log.Closed(logger, dependency);
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Name = "attempt", Timeout = options.AttemptTimeout });
    }

    private static bool IsFailure(HttpResponseMessage answer) => (int)answer.StatusCode is 500 or 502 or 503 or 504 or 509;

    private static ConcurrencyLimiterOptions Limit(int permits) => new()
    {
        PermitLimit = permits,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        // As long as the callers are many, and they are bounded.
        QueueLimit = int.MaxValue,
    };

    /// <summary>Measured under its name; its events are no log lines of their own, an outage would bring thousands.</summary>
    private static ResiliencePipelineBuilder<HttpResponseMessage> Pipeline(string name) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { Name = name }.ConfigureTelemetry(NullLoggerFactory.Instance);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Dependency} fails most requests; nothing is asked of it for {BreakSeconds} seconds, then one request tries whether it is back.")]
        public static partial void Opened(ILogger logger, Dependency dependency, double breakSeconds);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Dependency} answers again.")]
        public static partial void Closed(ILogger logger, Dependency dependency);
    }
}
