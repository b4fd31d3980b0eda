using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace InboxGate.Web.Servers;

/// <summary>What the first board would have to wait for longest, got ready on other processors while the server is put together.</summary>
internal static class HeadStart
{
    /// <summary>What fails here fails nobody: it is asked for again by whoever needs it, and they are told.</summary>
    public static void Begin(IServiceProvider services)
    {
        _ = Task.Run(() => services.GetRequiredService<SigningKeys>().GetConfigurationAsync(CancellationToken.None));
        // Mapping the controllers waits for them.
        _ = Task.Run(() => services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors);
    }
}
