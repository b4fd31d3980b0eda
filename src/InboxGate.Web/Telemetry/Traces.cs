using System.Diagnostics;
using OpenTelemetry;

namespace InboxGate.Web.Telemetry;

/// <summary>Our own part of a trace: what no request of a client began.</summary>
public static class Traces
{
    public const string SourceName = "InboxGate.Mailbox";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Traces name route templates and hosts. Paths and queries hold addresses of senders, ids of mail and tokens, and a
    /// client's address tells where a rep is: whoever traced them, they do not leave the server.
    /// </summary>
    public sealed class WithoutAddresses : BaseProcessor<Activity>
    {
        private static readonly string[] Telling =
        [
            "url.path", "url.query", "url.full", "http.target", "http.url",
            "client.address", "client.port", "network.peer.address", "network.peer.port", "user_agent.original",
        ];

        public override void OnEnd(Activity data)
        {
            ArgumentNullException.ThrowIfNull(data);
            foreach (var tag in Telling)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
