using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace InboxGate.Simulator.Mailboxes;

/// <summary>
/// Ids that look like Exchange's. An immutable id belongs to the item; a default id also to the place it lies in,
/// so that it changes with every move.
/// </summary>
internal static class ItemIds
{
    public static string Immutable(Guid mailbox, int number) => "AAkALgAA" + Hash(40, mailbox, number) + "AAA=";

    public static string Default(string immutableId, string folder, int moves) =>
        "AAMkADk0" + Hash(64, immutableId, folder, moves) + "AAA=";

    public static string Folder(Guid mailbox, string folder) => "AQMkADNk" + Hash(56, mailbox, folder) + "AAA=";

    public static string Conversation(Guid mailbox, string seed) => "AAQkADNk" + Hash(40, mailbox, seed) + "=";

    public static string ChangeKey(string immutableId, long sequence) => "CQAAABYA" + Hash(32, immutableId, sequence);

    private static string Hash(int length, params object[] parts)
    {
        var text = Base64Url.EncodeToString(SHA512.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
        return text[..length];
    }
}
