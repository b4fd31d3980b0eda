namespace InboxGate.Web.Servers;

public static class ServerServices
{
    /// <summary>What makes several servers one: any of them may be killed at any time.</summary>
    public static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration(RedisOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RevisionRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<RevisionRelay>());
        services.AddHostedService<RevisionLook>();
        return services;
    }
}
