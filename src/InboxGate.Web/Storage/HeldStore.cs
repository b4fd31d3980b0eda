using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Storage;

/// <summary>A store whose connection stays open, so that its statements stay prepared. For one user at a time.</summary>
internal sealed class HeldStore(IDbContextFactory<Store> stores) : IDisposable
{
    private Store? held;

    public async Task<Store> OpenAsync()
    {
        if (held is null)
        {
            var store = await stores.CreateDbContextAsync(CancellationToken.None);
            try
            {
                store.Database.AutoSavepointsEnabled = false;
                await store.Database.OpenConnectionAsync(CancellationToken.None);
            }
            catch
            {
                await store.DisposeAsync();
                throw;
            }

            held = store;
        }

        return held;
    }

    /// <summary>After any failure: the next use begins with another connection.</summary>
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
