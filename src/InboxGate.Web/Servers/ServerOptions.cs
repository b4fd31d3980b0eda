using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Servers;

/// <summary>How a server leaves the others.</summary>
public sealed class ServerOptions
{
    public const string Section = "Servers";

    /// <summary>How long a server that is told to stop says so before it takes no more connections: as long as its load balancer needs to look.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05", ErrorMessage = "Servers:Drain must lie between {1} and {2}.")]
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(2);
}
