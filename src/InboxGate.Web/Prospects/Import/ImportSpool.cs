using System.Text;
using InboxGate.Core.Senders;
using InboxGate.Web.Files;

namespace InboxGate.Web.Prospects.Import;

/// <summary>People on their way from a file to the list: on disk, so that memory stays flat, and gone when it is closed.</summary>
internal sealed class ImportSpool : IDisposable
{
    private readonly FileStream file = ScratchFile.Create();
    private readonly BinaryWriter writer;

    public ImportSpool() => writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);

    public int Count { get; private set; }

    public void Add(ImportedPerson person)
    {
        writer.Write7BitEncodedInt(person.Line);
        writer.Write((byte)person.Kind);
        writer.Write(person.DoNotCall is { } forbids ? (byte)(forbids ? 2 : 1) : (byte)0);
        writer.Write(person.Entry);
        Write(person.Name);
        Write(person.Company);
        Write(person.Phone);
        Write(person.TimeZones);
        writer.Write7BitEncodedInt(person.Further.Count);
        foreach (var entry in person.Further)
        {
            writer.Write(entry);
        }

        Count++;
    }

    /// <summary>All of them in the order in which they came; may be read more than once.</summary>
    public IEnumerable<ImportedPerson> Read()
    {
        writer.Flush();
        file.Position = 0;
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        for (var left = Count; left > 0; left--)
        {
            var line = reader.Read7BitEncodedInt();
            var kind = (SenderKind)reader.ReadByte();
            var forbids = reader.ReadByte();
            yield return new ImportedPerson(
                line, reader.ReadString(), kind, Text(), Text(), Text(), Text(), forbids == 0 ? null : forbids == 2, Further());
        }

        string? Text() => reader.ReadString() is { Length: > 0 } text ? text : null;

        IReadOnlyList<string> Further()
        {
            var count = reader.Read7BitEncodedInt();
            if (count == 0)
            {
                return [];
            }

            var further = new string[count];
            for (var i = 0; i < count; i++)
            {
                further[i] = reader.ReadString();
            }

            return further;
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        file.Dispose();
    }

    private void Write(string? text) => writer.Write(text ?? "");
}
