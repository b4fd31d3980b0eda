using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace InboxGate.Web.Servers;

/// <summary>How several servers tell each other of new revisions at once.</summary>
public sealed class RedisOptions : IValidatableObject
{
    public const string Section = "Redis";

    /// <summary>As StackExchange.Redis reads it, for example <c>redis.example:6380,ssl=true,password=…</c>. Without it other servers' panes wait for the next look.</summary>
    public string? Connection { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Connection) && !IsUsable(Connection))
        {
            // Not the reason: it may repeat the password.
            yield return new ValidationResult(
                "Redis:Connection cannot be read: it is written like redis.example:6379,password=…, as StackExchange.Redis takes it.", [nameof(Connection)]);
        }
    }

    /// <summary>What is known to be away is told so at once, and nothing is kept for later: a word that comes late is worth nothing.</summary>
    public ConfigurationOptions Configuration()
    {
        var configuration = ConfigurationOptions.Parse(Connection!);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = 2_000;
        configuration.AsyncTimeout = 2_000;
        configuration.KeepAlive = 5;
        configuration.ReconnectRetryPolicy = new ExponentialRetry(250, 2_000);
        configuration.ClientName = "InboxGate";
        return configuration;
    }

    private static bool IsUsable(string connection)
    {
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count > 0;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
