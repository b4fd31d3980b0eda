using System.Diagnostics.Metrics;

namespace InboxGate.Web.Telemetry;

/// <summary>
/// What an administrator watches of the mailbox watch. Counts and times only: no tag names a rep, an address or a
/// tenant. Costs next to nothing while nobody listens. Each instrument is explained in <c>docs/operations.md</c>.
/// </summary>
public sealed class MailboxMetrics
{
    public const string MeterName = "InboxGate.Mailbox";

    public const string Lag = "inboxgate.verdict.lag";
    public const string Deltas = "inboxgate.deltas";
    public const string GraphRequests = "inboxgate.graph.requests";
    public const string Throttles = "inboxgate.graph.throttles";
    public const string Notifications = "inboxgate.notifications";
    public const string Readings = "inboxgate.readings.active";
    public const string SubscriptionChanges = "inboxgate.subscription.changes";
    public const string Subscriptions = "inboxgate.subscriptions";
    public const string Mailboxes = "inboxgate.mailboxes";

    private readonly Histogram<double> lag;
    private readonly Counter<long> deltas;
    private readonly Counter<long> graphRequests;
    private readonly Counter<long> throttles;
    private readonly Counter<long> notifications;
    private readonly UpDownCounter<long> readings;
    private readonly Counter<long> subscriptionChanges;
    private readonly Gauge<long> subscriptions;
    private readonly Gauge<long> mailboxes;

    public MailboxMetrics(IMeterFactory meters)
    {
        // The factory disposes of its meters.
        var meter = meters.Create(MeterName);
        lag = meter.CreateHistogram<double>(
            Lag, "s", "From when a mail was received to its verdict.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600] });
        deltas = meter.CreateCounter<long>(Deltas, "{page}", "Delta pages read, by folder and outcome.");
        graphRequests = meter.CreateCounter<long>(GraphRequests, "{request}", "Requests to Microsoft Graph and Entra ID, by kind and outcome.");
        throttles = meter.CreateCounter<long>(Throttles, "{answer}", "Answers that asked for less.");
        notifications = meter.CreateCounter<long>(Notifications, "{item}", "Items of change notifications, ours and foreign ones.");
        readings = meter.CreateUpDownCounter<long>(Readings, "{mailbox}", "Mailboxes that this server is reading now.");
        subscriptionChanges = meter.CreateCounter<long>(SubscriptionChanges, "{subscription}", "What was done to subscriptions, and what was refused.");
        subscriptions = meter.CreateGauge<long>(Subscriptions, "{subscription}", "Wanted subscriptions by state, over all servers.");
        mailboxes = meter.CreateGauge<long>(Mailboxes, "{mailbox}", "Mailboxes of reps by state, over all servers.");
    }

    /// <summary>Somebody wants the counts over all servers: without a listener they are not worth a query.</summary>
    public bool IsCensusWanted => subscriptions.Enabled || mailboxes.Enabled;

    /// <summary>Somebody wants the throttles: without a listener batches are not looked into.</summary>
    public bool AreThrottlesWanted => throttles.Enabled;

    /// <summary>A mail has its verdict. A clock of the mail service that is ahead of ours counts as no lag.</summary>
    public void Judged(TimeSpan receivedToVerdict) => lag.Record(Math.Max(0, receivedToVerdict.TotalSeconds));

    /// <param name="outcome"><c>read</c> or <c>expired</c>; a failure counts as the request that it was.</param>
    public void DeltaRead(string folder, string outcome) =>
        deltas.Add(1, new("folder", folder), new("outcome", outcome));

    /// <param name="kind">What was asked for: <c>delta</c>, <c>batch</c>, <c>profile</c>, <c>subscription</c>, <c>token</c>, …</param>
    /// <param name="status">The HTTP status; 0 when no answer came.</param>
    public void GraphRequested(string kind, int status)
    {
        graphRequests.Add(1, new("kind", kind), new("outcome", OutcomeOf(status)));
        if (status == StatusCodes.Status429TooManyRequests)
        {
            Throttled(1);
        }
    }

    /// <summary>Answers asked for less: also those inside a batch, whose own status says nothing.</summary>
    public void Throttled(int answers)
    {
        if (answers > 0)
        {
            throttles.Add(answers);
        }
    }

    public void ReadingBegun() => readings.Add(1);

    public void ReadingEnded() => readings.Add(-1);

    /// <param name="items">All items of a request, the foreign ones too.</param>
    /// <param name="foreign">Those whose state was not made here.</param>
    public void Notified(int items, int foreign)
    {
        if (items > foreign)
        {
            notifications.Add(items - foreign, new KeyValuePair<string, object?>("origin", "ours"));
        }

        if (foreign > 0)
        {
            notifications.Add(foreign, new KeyValuePair<string, object?>("origin", "foreign"));
        }
    }

    /// <param name="change"><c>created</c>, <c>renewed</c>, <c>adopted</c>, <c>ended</c>, or the code of the problem that stood in the way.</param>
    public void SubscriptionChanged(string change) => subscriptionChanges.Add(1, new KeyValuePair<string, object?>("change", change));

    /// <summary>
    /// Counted in the database that all servers share, so that each server reports the same number: take the largest
    /// of them, never the sum.
    /// </summary>
    public void SubscriptionsCounted(string state, long count) => subscriptions.Record(count, new KeyValuePair<string, object?>("state", state));

    /// <inheritdoc cref="SubscriptionsCounted"/>
    public void MailboxesCounted(string state, long count) => mailboxes.Record(count, new KeyValuePair<string, object?>("state", state));

    private static string OutcomeOf(int status) => status switch
    {
        0 => "noAnswer",
        < 400 => "ok",
        StatusCodes.Status429TooManyRequests => "throttled",
        < 500 => "refused",
        _ => "failed",
    };
}
