using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Privacy;

/// <summary>How long details are kept. Closed days, one row of numbers each, stay.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// The age at which calls, gates and the facts of mail go, with the whole closed day they belong to. Calls come up to seven
    /// days late: of younger days the details are needed.
    /// </summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "3650.00:00:00", ErrorMessage = "Retention:Details must lie between 7 and 3650 days, for example 90.00:00:00.")]
    public TimeSpan Details { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How often is looked whose details are due, in real time; each rep's are looked at once a day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Retention:SweepInterval must lie between one second and one day.")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(15);
}
