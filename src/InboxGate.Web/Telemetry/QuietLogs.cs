namespace InboxGate.Web.Telemetry;

/// <summary>
/// Logs name route templates, not paths: a path holds whose mail and which prospect it is about. What the framework says of
/// each request, and of each request to Microsoft Graph, is left to traces and metrics, whatever level is set.
/// </summary>
public static class QuietLogs
{
    private static readonly string[] Telling =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.HttpLogging", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.StaticFiles", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Cors",
        "Microsoft.AspNetCore.Http.Connections", "Microsoft.AspNetCore.SignalR", "System.Net.Http.HttpClient", "Npgsql",
    ];

    public static ILoggingBuilder AddQuietLogs(this ILoggingBuilder logging)
    {
        foreach (var category in Telling)
        {
            logging.AddFilter(category, level => level >= LogLevel.Warning);
        }

        // Commands that fail are told by whoever sent them; looking for the migrations of a new database is none.
        return logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical);
    }
}
