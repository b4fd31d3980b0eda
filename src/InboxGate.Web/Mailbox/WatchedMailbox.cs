namespace InboxGate.Web.Mailbox;

/// <summary>What is known of one mailbox's readings: one at a time, at most one a second, and none before a pause is over. Real time.</summary>
internal sealed class WatchedMailbox
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    /// <summary>Timers may fire a moment early; a service that asked for a pause would count that.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private Action? putDown;
    private TaskCompletionSource tried = New();
    private bool hasHint;
    private bool isRunning;
    private bool hasBeenTried;
    private bool isForgotten;
    private long earliest;

    /// <summary>In a row.</summary>
    public int Failures { get; private set; }

    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Ends with the first reading, whatever came of it.</summary>
    public Task FirstTried
    {
        get
        {
            lock (gate)
            {
                return hasBeenTried ? Task.CompletedTask : tried.Task;
            }
        }
    }

    /// <summary>Runs <paramref name="run"/> unless it runs already; then the hint is taken after the reading under way.</summary>
    /// <param name="next">Ends with the next reading; at once when the mailbox is in a pause and reads itself afterwards.</param>
    /// <returns>False when the mailbox was forgotten: it takes no hint any more.</returns>
    public bool TryHint(Func<WatchedMailbox, Task> run, out Task next)
    {
        lock (gate)
        {
            next = Task.CompletedTask;
            if (isForgotten || (hasHint && isRunning && PauseLeft() > LeastPause))
            {
                return !isForgotten;
            }

            hasHint = true;
            if (!isRunning)
            {
                isRunning = true;
                Running = Task.Run(() => run(this), CancellationToken.None);
            }

            next = tried.Task;
            return true;
        }
    }

    /// <param name="isEnrolled">False when the last reading found no rep to read for: without a new hint the mailbox is forgotten.</param>
    /// <returns>False when there is none: then the mailbox no longer runs.</returns>
    public bool HasHint(bool isEnrolled)
    {
        lock (gate)
        {
            isForgotten |= !isEnrolled && !hasHint;
            return isRunning = hasHint && !isForgotten;
        }
    }

    /// <summary>Hints until now are answered by the reading that begins; it may not begin before.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        while (true)
        {
            TimeSpan left;
            lock (gate)
            {
                left = PauseLeft();
            }

            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(left, ct);
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            hasHint = false;
            Pause(LeastPause);
        }
    }

    /// <param name="again">When to read again whether or not a hint comes; null when only a hint is worth a reading.</param>
    public void End(bool isRead, Func<int, TimeSpan?> again)
    {
        TaskCompletionSource done;
        lock (gate)
        {
            Failures = isRead ? 0 : Failures + 1;
            if (!isRead && again(Failures) is { } pause)
            {
                hasHint = true;
                Pause(pause + Margin);
            }

            hasBeenTried = true;
            (done, tried) = (tried, New());
        }

        done.TrySetResult();
    }

    /// <summary>Nothing runs and nothing waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return !isRunning;
            }
        }
    }

    /// <summary>How a reading under way is put down.</summary>
    public void PutDownBy(Action cancel)
    {
        lock (gate)
        {
            putDown = cancel;
        }
    }

    /// <summary>There is nothing left to put down, unless another run has begun.</summary>
    public void Ended(Action cancel)
    {
        lock (gate)
        {
            putDown = putDown == cancel ? null : putDown;
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            isForgotten = true;
            putDown?.Invoke();
        }

        tried.TrySetResult();
    }

    private void Pause(TimeSpan pause) =>
        earliest = Math.Max(earliest, TimeProvider.System.GetTimestamp() + (long)(pause.TotalSeconds * TimeProvider.System.TimestampFrequency));

    private TimeSpan PauseLeft() => earliest == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), earliest);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
