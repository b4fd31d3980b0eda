using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>
/// The secret of one subscription: whose mailbox, which folder and a nonce, signed. Any server can check it without
/// storage; 108 characters, where Microsoft Graph takes 128.
/// </summary>
public sealed class ClientState(IOptions<MailboxOptions> options)
{
    private const int NonceBytes = 16;
    private const int PayloadBytes = 16 + 16 + 1 + NonceBytes;
    private const int StateBytes = PayloadBytes + HMACSHA256.HashSizeInBytes;
    private const int LongestText = 128;
    private static readonly int TextLength = Base64Url.GetEncodedLength(StateBytes);
    private readonly byte[][] keys =
    [
        .. new[] { options.Value.ClientStateKey, options.Value.PreviousClientStateKey }.OfType<string>().Select(Encoding.UTF8.GetBytes),
    ];

    public string Create(RepKey rep, string folder)
    {
        Span<byte> state = stackalloc byte[StateBytes];
        rep.TenantId.TryWriteBytes(state);
        rep.RepId.TryWriteBytes(state[16..]);
        state[32] = folder == MailFolders.Inbox ? (byte)0 : (byte)1;
        RandomNumberGenerator.Fill(state.Slice(33, NonceBytes));
        HMACSHA256.HashData(keys[0], state[..PayloadBytes], state[PayloadBytes..]);
        return Base64Url.EncodeToString(state);
    }

    public bool TryRead(string? clientState, out RepKey rep)
    {
        rep = default;
        if (clientState is null || clientState.Length > LongestText)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[LongestText * 3];
        return Encoding.UTF8.TryGetBytes(clientState, utf8, out var length) && TryRead(utf8[..length], out rep, out _);
    }

    /// <summary>Whose mailbox and which folder a notification is about; false when the state was not made here. Constant time, nothing allocated.</summary>
    public bool TryRead(ReadOnlySpan<byte> clientState, out RepKey rep, out string folder)
    {
        (rep, folder) = (default, MailFolders.Inbox);
        Span<byte> state = stackalloc byte[StateBytes];
        // Base64Url takes white space and padding; a state of ours has neither.
        if (clientState.Length != TextLength
            || Base64Url.DecodeFromUtf8(clientState, state, out _, out var length) != OperationStatus.Done
            || length != StateBytes)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isOurs = false;
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, state[..PayloadBytes], expected);
            isOurs |= CryptographicOperations.FixedTimeEquals(expected, state[PayloadBytes..]);
        }

        if (isOurs)
        {
            (rep, folder) = (new RepKey(new Guid(state[..16]), new Guid(state[16..32])), state[32] == 0 ? MailFolders.Inbox : MailFolders.SentItems);
        }

        return isOurs;
    }
}
