using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InboxGate.Simulator.World;

/// <summary>
/// The file that outlives a kill: one event a line, handed to the operating system before the change is answered.
/// A last line without its end was torn by the kill; it was never answered and is cut off.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const string FileName = "journal.jsonl";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream file;

    private Journal(FileStream file) => this.file = file;

    public static Journal Open(string directory, Action<WorldEvent> replay)
    {
        var path = Path.Combine(directory, FileName);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            var content = new byte[file.Length];
            file.ReadExactly(content);
            var start = 0;
            for (var line = 1; content.AsSpan(start).IndexOf((byte)'\n') is var length and >= 0; line++)
            {
                replay(Read(content.AsSpan(start, length), path, line));
                start += length + 1;
            }

            file.SetLength(start);
            file.Seek(0, SeekOrigin.End);
            return new Journal(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(WorldEvent happened) =>
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(happened, Format) + "\n"));

    public void Dispose() => file.Dispose();

    private static WorldEvent Read(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<WorldEvent>(line, Format)
                ?? throw new InvalidDataException($"Line {number} of {path} holds no event.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"Line {number} of {path} cannot be read: {broken.Message}", broken);
        }
    }
}
