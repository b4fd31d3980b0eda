using InboxGate.Web.Mailbox;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.ReplyCheck;

public static class ReplyCheckServices
{
    /// <summary>Classic Outlook runs the event script outside any page and asks for leave as if it came from elsewhere.</summary>
    public const string EventScripts = "event-scripts";

    public static IServiceCollection AddReplyCheck(this IServiceCollection services)
    {
        services.TryAddKeyedSingleton(ReplyTickets.MachineClock, TimeProvider.System);
        services.AddSingleton<ReplyTickets>();
        services.AddSingleton<ReplyChecking>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<MailboxOptions>>((cors, mailbox) => cors.AddPolicy(EventScripts, policy => policy
            .WithOrigins(mailbox.Value.PublicAddress.GetLeftPart(UriPartial.Authority))
            .WithMethods(HttpMethods.Post, HttpMethods.Put)
            .WithHeaders("content-type")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        return services;
    }
}
