using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Mailbox;

/// <summary>How long, how often and how many at once: what is asked of Microsoft Graph and Entra when they are slow or failing.</summary>
public sealed class ResilienceOptions : IValidatableObject
{
    public const string Section = "Mailbox:Resilience";
    private const string OutOfRange = "Mailbox:Resilience:{0} must lie between {1} and {2}.";

    /// <summary>Further tries of a request that met a passing failure; never after 429.</summary>
    [Range(0, 5, ErrorMessage = OutOfRange)]
    public int Retries { get; init; } = 2;

    /// <summary>Before the first further try; doubled, with jitter, before each after it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10", ErrorMessage = OutOfRange)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>One try, its whole answer included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = OutOfRange)]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All tries and the pauses between.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = OutOfRange)]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests at once for one mailbox; Outlook serves four. A batch counts as all of them.</summary>
    [Range(1, 4, ErrorMessage = OutOfRange)]
    public int MailboxConcurrency { get; init; } = 4;

    /// <summary>Requests to Microsoft Graph at once from this server.</summary>
    [Range(1, 1000, ErrorMessage = OutOfRange)]
    public int GraphConcurrency { get; init; } = 64;

    /// <summary>Requests to Entra at once from this server.</summary>
    [Range(1, 100, ErrorMessage = OutOfRange)]
    public int EntraConcurrency { get; init; } = 8;

    /// <summary>The share of failing requests at which nothing more is asked for a while.</summary>
    [Range(0.1, 1.0, ErrorMessage = OutOfRange)]
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Over how long that share is taken.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = OutOfRange)]
    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Fewer requests than this say nothing about a service.</summary>
    [Range(2, 10_000, ErrorMessage = OutOfRange)]
    public int MinimumThroughput { get; init; } = 20;

    /// <summary>How long nothing is asked; then one request tries whether the service is back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00", ErrorMessage = OutOfRange)]
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TotalTimeout < AttemptTimeout)
        {
            yield return new ValidationResult("Mailbox:Resilience:TotalTimeout must not be shorter than Mailbox:Resilience:AttemptTimeout.", [nameof(TotalTimeout)]);
        }
    }
}
