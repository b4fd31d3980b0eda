using InboxGate.Web.Servers;
using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Tenant;

/// <summary>How a tenant's reps come and go.</summary>
public sealed class TenantOptions
{
    public const string Section = "Tenant";
    private const string OutOfRange = "Tenant:{0} must lie between {1} and {2}.";

    /// <summary>How long an account must be gone from the directory before its rep counts as having left; a deleted account can be restored meanwhile.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = OutOfRange)]
    public TimeSpan LeftAfterGone { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often is looked after reps who left, in real time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = OutOfRange)]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(10);
}

public static class TenantServices
{
    public static IServiceCollection AddTenant(this IServiceCollection services)
    {
        services.AddOptions<TenantOptions>().BindConfiguration(TenantOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MailboxListing>();
        services.AddSingleton<DirectoryAccounts>();
        services.AddSingleton<Leaving>();
        services.AddSingleton<Teams>();
        services.AddBackgroundWork<LeavingSweep>();
        return services;
    }
}
