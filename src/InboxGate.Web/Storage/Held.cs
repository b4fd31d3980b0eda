namespace InboxGate.Web.Storage;

/// <summary>A connection, or what has one, that stays open, so that its statements stay prepared. For one user at a time.</summary>
/// <param name="open">Opens one.</param>
internal sealed class Held<T>(Func<Task<T>> open) : IDisposable
    where T : class, IDisposable
{
    private T? held;

    public async Task<T> OpenAsync() => held ??= await open();

    /// <summary>After any failure: the next use begins with another one.</summary>
    public void Dispose()
    {
        var given = held;
        held = null;
        try
        {
            given?.Dispose();
        }
#pragma warning disable CA1031 // A connection that is gone may say so once more.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
