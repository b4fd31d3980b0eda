using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InboxGate.Web.Mailbox;

public static class MailboxServices
{
    public static IServiceCollection AddMailbox(this IServiceCollection services)
    {
        services.AddOptions<MailboxOptions>().BindConfiguration(MailboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ResilienceOptions>().BindConfiguration(ResilienceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ITransport, NetworkTransport>();
        services.AddSingleton<Resilience>();
        services.AddSingleton<GraphClients>();
        services.TryAddSingleton<IMailboxReader, MailboxReader>();
        services.AddSingleton<MailHeaders>();
        services.AddSingleton<MailboxClaims>();
        services.AddSingleton<UnfinishedMail>();
        services.AddSingleton<FolderReading>();
        services.AddSingleton<ProfileReading>();
        services.AddSingleton<ClientState>();
        services.AddSingleton<SubscriptionListing>();
        services.AddSingleton<SubscriptionKeeper>();
        services.AddSingleton<MailboxReading>();
        services.AddSingleton(provider => new Lazy<MailboxReading>(provider.GetRequiredService<MailboxReading>));
        services.AddSingleton<MailboxWatcher>();
        services.AddSingleton<IMailboxWatch>(provider => provider.GetRequiredService<MailboxWatcher>());
        services.AddHostedService(provider => provider.GetRequiredService<MailboxWatcher>());
        return services;
    }
}
