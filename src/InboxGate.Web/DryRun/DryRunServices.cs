namespace InboxGate.Web.DryRun;

public static class DryRunServices
{
    public static IServiceCollection AddDryRun(this IServiceCollection services)
    {
        services.AddSingleton<MailHistoryReading>();
        services.AddSingleton<RecentHistories>();
        services.AddSingleton<HistoryHeaders>();
        services.AddSingleton<DryRunning>();
        return services;
    }
}
