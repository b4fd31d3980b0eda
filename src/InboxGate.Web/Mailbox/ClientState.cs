using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// The secret of one subscription: whose mailbox, which folder and a nonce, signed. Any server can check it without
/// storage; 110 characters, where Microsoft Graph takes 128.
/// </summary>
public sealed class ClientState(IOptions<MailboxOptions> options)
{
    private const int NonceBytes = 16;
    private const int PayloadBytes = 16 + 16 + 1 + NonceBytes;
    private readonly byte[][] keys =
    [
        .. new[] { options.Value.ClientStateKey, options.Value.PreviousClientStateKey }.OfType<string>().Select(Encoding.UTF8.GetBytes),
    ];

    public string Create(RepKey rep, string folder)
    {
        Span<byte> state = stackalloc byte[PayloadBytes + HMACSHA256.HashSizeInBytes];
        rep.TenantId.TryWriteBytes(state);
        rep.RepId.TryWriteBytes(state[16..]);
        state[32] = folder == MailFolders.Inbox ? (byte)0 : (byte)1;
        RandomNumberGenerator.Fill(state.Slice(33, NonceBytes));
        HMACSHA256.HashData(keys[0], state[..PayloadBytes], state[PayloadBytes..]);
        return Base64Url.EncodeToString(state);
    }

    /// <summary>Whose mailbox a notification is about; false when the state was not made here. Constant time.</summary>
    public bool TryRead(string? clientState, out RepKey rep)
    {
        rep = default;
        var state = new byte[PayloadBytes + HMACSHA256.HashSizeInBytes];
        if (clientState is null
            || clientState.Length > 128
            || !Base64Url.IsValid(clientState, out var length)
            || length != state.Length
            || !Base64Url.TryDecodeFromChars(clientState, state, out _))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isOurs = false;
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, state.AsSpan(0, PayloadBytes), expected);
            isOurs |= CryptographicOperations.FixedTimeEquals(expected, state.AsSpan(PayloadBytes));
        }

        rep = isOurs ? new RepKey(new Guid(state.AsSpan(0, 16)), new Guid(state.AsSpan(16, 16))) : default;
        return isOurs;
    }
}
