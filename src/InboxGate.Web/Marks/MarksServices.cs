using InboxGate.Web.Servers;

namespace InboxGate.Web.Marks;

public static class MarksServices
{
    public static IServiceCollection AddMarks(this IServiceCollection services)
    {
        services.AddSingleton<MessageMarks>();
        services.AddSingleton<MailCategories>();
        services.AddSingleton<Marking>();
        services.AddSingleton(provider => new MarkRemoval(provider.GetRequiredService<Marking>(), provider.GetRequiredService<ILogger<MarkRemoval>>()));
        services.AddBackgroundWork<MarkingService>();
        return services;
    }
}
