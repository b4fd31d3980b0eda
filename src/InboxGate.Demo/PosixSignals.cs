using System.Runtime.InteropServices;

namespace InboxGate.Demo;

/// <summary>Ends the demo in order on Ctrl+C and on a polite kill.</summary>
internal sealed class PosixSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];

    public static PosixSignals StopOn(CancellationTokenSource stop)
    {
        var signals = new PosixSignals();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            signals.registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            }));
        }

        return signals;
    }

    public void Dispose() => registrations.ForEach(x => x.Dispose());
}
