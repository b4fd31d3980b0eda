using InboxGate.Web.Servers;

namespace InboxGate.Web.Privacy;

public static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<RowDeletion>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<RepExport>();
        services.AddBackgroundWork<ErasureSweep>();
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RetentionMetrics>();
        services.AddSingleton<Retention>();
        services.AddBackgroundWork<RetentionSweep>();
        return services;
    }
}
