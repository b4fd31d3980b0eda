using System.ComponentModel.DataAnnotations;
using System.Net;

namespace InboxGate.Web.Limits;

/// <summary>How much is taken from one rep, one address and all together; a server counts for itself. No honest pane comes near.</summary>
public sealed class LimitOptions : IValidatableObject
{
    public const string Section = "Limits";
    private const string OutOfRange = "Limits:{0} must lie between {1} and {2}.";

    /// <summary>False where something in front of the servers counts requests already.</summary>
    public bool Rates { get; init; } = true;

    /// <summary>Requests of one rep at a stretch: a week's calls from a pane that was offline, and a page beside it.</summary>
    [Range(1, 1_000_000, ErrorMessage = OutOfRange)] public int RepBurst { get; init; } = 2000;

    /// <summary>Requests of one rep in the long run.</summary>
    [Range(1, 1_000_000, ErrorMessage = OutOfRange)] public int RepPerSecond { get; init; } = 20;

    /// <summary>Requests of one rep that are worked on at once; what comes beyond waits.</summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)] public int RepAtOnce { get; init; } = 8;

    /// <summary>Requests of one rep that wait; what comes beyond is refused.</summary>
    [Range(0, 100_000, ErrorMessage = OutOfRange)] public int RepWaiting { get; init; } = 256;

    /// <summary>Live connections of one rep: panes, windows and the team's page on all devices.</summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)] public int RepLiveConnections { get; init; } = 25;

    /// <summary>Requests from one address at a stretch, of those whose token was not seen before: an office in the morning.</summary>
    [Range(1, 10_000_000, ErrorMessage = OutOfRange)] public int AddressBurst { get; init; } = 20_000;

    [Range(1, 1_000_000, ErrorMessage = OutOfRange)] public int AddressPerSecond { get; init; } = 500;

    /// <summary>Connections to this server, whatever for.</summary>
    [Range(10, 1_000_000, ErrorMessage = OutOfRange)] public int Connections { get; init; } = 50_000;

    /// <summary>Live connections to this server.</summary>
    [Range(10, 1_000_000, ErrorMessage = OutOfRange)] public int LiveConnections { get; init; } = 40_000;

    /// <summary>
    /// Addresses, or networks like <c>10.0.0.0/8</c>, of the proxies in front: only their word on where a request comes from
    /// (<c>X-Forwarded-For</c>) is believed. The machine's own addresses always belong to them.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in TrustedProxies.Where(x => !TryParse(x, out _)))
        {
            yield return new ValidationResult($"Limits:TrustedProxies: {proxy} is neither an address nor a network like 10.0.0.0/8.", [nameof(TrustedProxies)]);
        }
    }

    public IEnumerable<IPNetwork> ProxyNetworks() => TrustedProxies.Select(x => TryParse(x, out var network) ? network : throw new FormatException(x));

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        // Every address there is would be believed, and with it whatever anybody says.
        return IPNetwork.TryParse(text, out network) && network.PrefixLength > 0;
    }
}
