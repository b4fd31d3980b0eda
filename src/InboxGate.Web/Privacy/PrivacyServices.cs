namespace InboxGate.Web.Privacy;

public static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<RowDeletion>();
        services.AddSingleton<Erasure>();
        services.AddSingleton<RepExport>();
        services.AddHostedService<ErasureSweep>();
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RetentionMetrics>();
        services.AddSingleton<Retention>();
        services.AddHostedService<RetentionSweep>();
        return services;
    }
}
