namespace InboxGate.Simulator;

/// <summary>How the stand-in for Entra ID and Microsoft Graph is started.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Port of Graph, the control API and the Outlook look-alike; 0 takes any free one.</summary>
    public int HttpPort { get; init; } = 5090;

    /// <summary>Port of the https twin, which also plays Entra ID; 0 takes any free one.</summary>
    public int HttpsPort { get; init; } = 5091;

    /// <summary>Where everything is kept over restarts; null keeps nothing.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where the keys of the authority and of Entra are kept, when they are to outlive more than the data does.</summary>
    public string? KeysDirectory { get; init; }

    /// <summary>What the simulated clock shows at the start; null means the kept clock, or the machine's.</summary>
    public DateTimeOffset? Now { get; init; }

    public Guid TenantId { get; init; } = Guid.Parse("11111111-1111-4111-8111-111111111111");

    /// <summary>The one registered application: the API, which also calls Graph.</summary>
    public Guid ClientId { get; init; } = Guid.Parse("22222222-2222-4222-8222-222222222222");

    public string ClientSecret { get; init; } = "simulator-secret";

    /// <summary>Where the application's pages are told that somebody has signed in: redirect addresses of the single-page kind.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>What an administrator has granted the application itself.</summary>
    public IReadOnlyList<string> ApplicationPermissions { get; init; } =
        ["Mail.ReadBasic.All", "MailboxSettings.Read", "User.Read.All", "Organization.Read.All", "Domain.Read.All"];

    /// <summary>What on-behalf-of tokens may do.</summary>
    public IReadOnlyList<string> DelegatedPermissions { get; init; } =
        ["Mail.ReadBasic", "MailboxSettings.Read", "User.Read", "User.Read.All", "Domain.Read.All"];

    /// <summary>Requests to one mailbox that may run at once before 429 MailboxConcurrency; 0 switches this off.</summary>
    public int MailboxConcurrency { get; init; } = 4;

    /// <summary>How long before the end of a subscription its owner hears reauthorizationRequired.</summary>
    public TimeSpan ReauthorizationLead { get; init; } = TimeSpan.FromMinutes(30);

    public NotificationRetry NotificationRetry { get; init; } = new();
}

/// <summary>How stubbornly a change notification is delivered.</summary>
public sealed record NotificationRetry
{
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Microsoft Graph discards a notification that could not be delivered for four hours.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>An answer later than this counts as none.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(3);
}
