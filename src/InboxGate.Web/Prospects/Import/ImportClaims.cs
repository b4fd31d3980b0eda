using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using InboxGate.Core.Senders;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Which line names which entry first: 16 bytes each, however long the entries are.</summary>
internal sealed class ImportClaims
{
    private readonly Dictionary<UInt128, Claim> claims = [];

    public bool Contains(string entry) => claims.ContainsKey(HashOf(entry));

    /// <summary>The line that named the entry before, with the kind it said; null when this one is the first, whose it is from now on.</summary>
    public Claim? Take(string entry, int line, SenderKind kind)
    {
        ref var claim = ref CollectionsMarshal.GetValueRefOrAddDefault(claims, HashOf(entry), out var isTaken);
        if (isTaken)
        {
            return claim;
        }

        claim = new Claim(line, (byte)kind);
        return null;
    }

    /// <summary>No two entries of any file have the same, by chance or on purpose.</summary>
    private static UInt128 HashOf(string entry)
    {
        Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(entry.Length)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(entry, text)], hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    internal readonly record struct Claim(int Line, byte KindCode)
    {
        public SenderKind Kind => (SenderKind)KindCode;
    }
}
