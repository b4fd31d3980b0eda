using System.Security.Cryptography;
using System.Text;

namespace InboxGate.Simulator.World;

/// <summary>A person of the simulated tenant and the settings of their mailbox.</summary>
/// <param name="Roles">The application's roles that were assigned to them; tokens carry them.</param>
/// <param name="DirectoryRoles">Roles in the directory itself, such as Application Administrator.</param>
internal sealed record SimulatedUser(
    Guid Id,
    string Address,
    string Name,
    string TimeZone,
    TimeOnly WorkStart,
    TimeOnly WorkEnd,
    IReadOnlyList<string> WorkingDays,
    string? Manager,
    IReadOnlyList<string> Aliases,
    bool AutomaticReplies,
    Absence? Absence = null,
    CustomZone? CustomZone = null,
    string? WorkTimeZone = null,
    string Purpose = "user",
    IReadOnlyList<string>? Roles = null,
    IReadOnlyList<string>? DirectoryRoles = null)
{
    public static readonly IReadOnlyList<string> AllDays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static SimulatedUser New(string address) =>
        new(IdOf(address), address, NameOf(address), "UTC", new TimeOnly(8, 0), new TimeOnly(17, 0),
            [.. AllDays.Take(5)], null, [], false);

    /// <summary>The same object id for the same address, whenever and wherever it is posted.</summary>
    public static Guid IdOf(string address)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(address.ToLowerInvariant()))[..16];
        hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private static string NameOf(string address) =>
        string.Join(' ', address[..address.LastIndexOf('@')]
            .Split(['.', '_', '-'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}

/// <summary>Automatic replies for a stretch of time, as they are scheduled before a holiday.</summary>
internal sealed record Absence(DateTimeOffset From, DateTimeOffset Until);

/// <summary>A zone that has no name: minutes behind UTC, as Exchange counts them, and the minutes more in summer.</summary>
internal sealed record CustomZone(int Bias, int DaylightBias);
