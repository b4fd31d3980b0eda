using System.Buffers.Text;
using System.Security.Cryptography;

namespace InboxGate.Simulator.Entra;

/// <summary>A sign-in begun on a machine without a browser, to be approved elsewhere.</summary>
internal sealed record DeviceSignIn(string UserCode, Guid Client, string Scope, DateTimeOffset Until)
{
    public Guid? ApprovedBy { get; init; }

    public bool IsDeclined { get; init; }
}

internal sealed class DeviceCodes
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // Without letters and digits that are mistaken for one another.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXYZ";

    private readonly Lock gate = new();
    private readonly Dictionary<string, DeviceSignIn> begun = new(StringComparer.Ordinal);

    public (string DeviceCode, DeviceSignIn SignIn) Begin(Guid client, string scope)
    {
        var now = TimeProvider.System.GetUtcNow();
        var signIn = new DeviceSignIn(RandomNumberGenerator.GetString(Letters, 9), client, scope, now + Lifetime);
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        lock (gate)
        {
            foreach (var old in begun.Where(entry => entry.Value.Until + Lifetime < now).Select(entry => entry.Key).ToList())
                begun.Remove(old);
            begun.Add(code, signIn);
        }

        return (code, signIn);
    }

    public IReadOnlyList<DeviceSignIn> Waiting()
    {
        lock (gate)
            return [.. begun.Values.Where(IsWaiting)];
    }

    /// <returns>False when no sign-in with this code is waiting.</returns>
    public bool Decide(string userCode, Guid? approvedBy)
    {
        lock (gate)
        {
            var (code, signIn) = begun.FirstOrDefault(entry =>
                IsWaiting(entry.Value) && entry.Value.UserCode.Equals(userCode.Trim(), StringComparison.OrdinalIgnoreCase));
            if (signIn is null)
                return false;

            begun[code] = signIn with { ApprovedBy = approvedBy, IsDeclined = approvedBy is null };
            return true;
        }
    }

    /// <summary>The approved sign-in, which is then used up; or why there are no tokens (yet).</summary>
    public (DeviceSignIn? SignIn, EntraProblem? Problem) Redeem(string deviceCode, Guid client)
    {
        lock (gate)
        {
            if (!begun.TryGetValue(deviceCode, out var signIn) || signIn.Client != client)
                return (null, EntraProblem.UnknownDeviceCode());
            if (signIn.IsDeclined)
                return (null, EntraProblem.DeviceDeclined());
            if (signIn.Until < TimeProvider.System.GetUtcNow())
                return (null, EntraProblem.DeviceCodeExpired());
            if (signIn.ApprovedBy is null)
                return (null, EntraProblem.AuthorizationPending());

            begun.Remove(deviceCode);
            return (signIn, null);
        }
    }

    private static bool IsWaiting(DeviceSignIn signIn) =>
        signIn is { ApprovedBy: null, IsDeclined: false } && signIn.Until >= TimeProvider.System.GetUtcNow();
}
