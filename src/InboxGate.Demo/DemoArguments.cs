using System.Globalization;

namespace InboxGate.Demo;

/// <summary>What the demo was asked for on the command line.</summary>
/// <param name="Now">What the clock shows at the start; null for a working morning, or for the machine's time when empty or kept.</param>
internal sealed record DemoArguments(int Port, int SimulatorPort, string? DataFolder, DateTimeOffset? Now, bool Empty, bool OpenBrowser)
{
    public const string Usage =
        "Usage: dotnet run --project src/InboxGate.Demo -- [--port 5080] [--simulator-port 5090] [--data DIR] [--now 2026-03-02T08:05:00-05:00] [--empty] [--no-browser]";

    /// <exception cref="FormatException">An argument is unknown or has no proper value; the message says which.</exception>
    public static DemoArguments Parse(IReadOnlyList<string> args)
    {
        var result = new DemoArguments(5080, 5090, null, null, false, true);
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            result = name switch
            {
                "--port" => result with { Port = PortOf(name, Value(args, ref i)) },
                "--simulator-port" => result with { SimulatorPort = PortOf(name, Value(args, ref i)) },
                "--data" => result with { DataFolder = Path.GetFullPath(Value(args, ref i)) },
                "--now" => result with { Now = Instant(name, Value(args, ref i)) },
                "--empty" => result with { Empty = true },
                "--no-browser" => result with { OpenBrowser = false },
                _ => throw new FormatException($"{name} is not an option."),
            };
        }

        return result;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        i + 1 < args.Count ? args[++i] : throw new FormatException($"{args[i]} needs a value.");

    private static int PortOf(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65535
            ? port
            : throw new FormatException($"{name} needs a port from 1 to 65534, not {text}.");

    private static DateTimeOffset Instant(string name, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new FormatException($"{name} needs a time like 2026-03-02T08:05:00-05:00, not {text}.");
}
