namespace InboxGate.Simulator.Clock;

/// <summary>
/// The machine's clock plus an offset that can be moved. Timers stay the machine's, so that waiting takes real time.
/// </summary>
public sealed class SimulatorClock : TimeProvider
{
    private long offsetTicks;

    /// <summary>Raised after the clock was set to another time.</summary>
    public event EventHandler? Moved;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    internal static TimeSpan OffsetTo(DateTimeOffset now) => now - System.GetUtcNow();

    internal void SetOffset(TimeSpan offset) => Interlocked.Exchange(ref offsetTicks, offset.Ticks);

    /// <summary>Apart from the setting itself, so that listeners are called with nothing locked.</summary>
    internal void TellMoved() => Moved?.Invoke(this, EventArgs.Empty);
}
