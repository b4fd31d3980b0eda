using System.Globalization;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Histories;

/// <summary>
/// One random history of three mailboxes: mail, moves, replies and failures. The same seed makes the same choices; only
/// how they meet the watch's own pace differs.
/// </summary>
internal sealed class History(World world, IReadOnlyList<Person> reps, CrashingCommits commits, FaultCount counts, int seed, DateTimeOffset enrolledBy)
{
    public const int Mailboxes = 3;
    public const int Events = 36;

    private static readonly string[] Senders =
        [MailboxOracle.Colleague, MailboxOracle.OtherColleague, MailboxOracle.Customer, MailboxOracle.Prospect, MailboxOracle.Stranger];

    /// <summary>How each kind of failure is asked of the simulator.</summary>
    private static readonly (string Kind, Func<Random, JsonObject> More)[] Faults =
    [
        ("status", random => new() { ["status"] = 503, ["match"] = "delta", ["times"] = random.Next(1, 4) }),
        ("status", _ => new() { ["status"] = 429, ["match"] = "delta", ["retryAfter"] = 1 }),
        ("status", _ => new() { ["status"] = 429, ["match"] = "/messages/", ["batch"] = true, ["retryAfter"] = 1 }),
        ("status", random => new() { ["status"] = 500, ["match"] = "/messages/", ["batch"] = true, ["times"] = random.Next(1, 3) }),
        ("abort", _ => new() { ["match"] = "delta" }),
        ("truncate", _ => new() { ["match"] = "delta" }),
        ("html", _ => new() { ["match"] = "delta" }),
        ("delay", random => new() { ["match"] = "delta", ["delaySeconds"] = random.NextDouble() / 4 }),
        ("claims", _ => new() { ["match"] = "delta" }),
        ("expiredDelta", _ => new()),
        ("resync", random => new() { ["code"] = random.Next(3) switch { 0 => "syncStateInvalid", 1 => "resyncRequired", _ => "syncStateNotFound" } }),
        ("emptyPage", random => new() { ["match"] = "delta", ["times"] = random.Next(1, 3) }),
        ("duplicateItems", random => new() { ["match"] = "delta", ["times"] = random.Next(1, 3) }),
        ("reorderItems", random => new() { ["match"] = "delta", ["times"] = random.Next(1, 3) }),
        ("partialItems", random => new() { ["match"] = "delta", ["times"] = random.Next(1, 3) }),
        ("replayItems", random => new() { ["match"] = "delta", ["times"] = random.Next(1, 3) }),
        ("dropNotification", random => new() { ["times"] = random.Next(1, 4) }),
        ("duplicateNotification", random => new() { ["times"] = random.Next(1, 4) }),
        ("delayNotification", _ => new() { ["delaySeconds"] = 1 }),
        ("wrongClientState", _ => new()),
    ];

    private readonly Random random = new(seed);
    private readonly List<Mailbox> mailboxes = [.. reps.Select(x => new Mailbox(x, enrolledBy))];

    public int Seed => seed;

    public IReadOnlyList<Person> Reps => reps;

    public async Task PlayAsync()
    {
        for (var i = 0; i < Events; i++)
        {
            await StepAsync(mailboxes[random.Next(mailboxes.Count)]);
            await Task.Delay(random.Next(0, 250));
        }
    }

    /// <returns>What is wrong when everything has settled; empty when nothing is.</returns>
    public async Task<IReadOnlyList<string>> SettleAsync(TimeSpan patience)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            List<string> wrong = [];
            foreach (var rep in reps)
            {
                wrong.AddRange((await MailboxOracle.DifferencesAsync(world, rep)).Select(x => $"seed {seed}, {rep.Address}: {x}"));
            }

            if (wrong.Count == 0 || TimeProvider.System.GetElapsedTime(start) > patience)
            {
                return wrong;
            }

            await Task.Delay(300);
        }
    }

    private Task StepAsync(Mailbox mailbox) => random.Next(100) switch
    {
        < 26 => DeliverAsync(mailbox, mailbox.Next(random)),
        < 31 => DeliverAsync(mailbox, mailbox.Earlier(random)),
        < 39 => SendAsync(mailbox, mailbox.Next(random), automatic: false),
        < 42 => SendAsync(mailbox, mailbox.Earlier(random), automatic: false),
        < 45 => SendAsync(mailbox, mailbox.Next(random), automatic: true),
        < 48 => ProspectAsync(mailbox),
        < 56 => MoveAsync(mailbox, "archive"),
        < 61 => MoveAsync(mailbox, "inbox"),
        < 63 => DeleteAsync(mailbox),
        < 67 => ReadAsync(mailbox),
        < 70 => CategoriseAsync(mailbox),
        < 72 => LifecycleAsync(mailbox),
        < 74 => CrashAsync(),
        _ => FailAsync(mailbox),
    };

    private async Task DeliverAsync(Mailbox mailbox, DateTimeOffset at)
    {
        var from = Senders[random.Next(Senders.Length)];
        var more = new JsonObject { ["receivedDateTime"] = Written(at) };
        switch (random.Next(10))
        {
            case 0:
                more["internetMessageHeaders"] = Header("Auto-Submitted", "auto-generated");
                break;
            case 1:
                more["internetMessageHeaders"] = Header("List-Id", "<news.example>");
                break;
            case 2:
                more["@odata.type"] = "#microsoft.graph.eventMessageRequest";
                more["meetingMessageType"] = "meetingRequest";
                break;
        }

        counts.Add("mail");
        mailbox.Mails.Add(await world.DeliverAsync(mailbox.Rep, from, mailbox.Conversation(random), more));
    }

    private Task SendAsync(Mailbox mailbox, DateTimeOffset at, bool automatic)
    {
        counts.Add(automatic ? "automatic reply" : "reply");
        return SendAsync(mailbox, at, Senders[random.Next(Senders.Length)], mailbox.Conversation(random), automatic);
    }

    private Task ProspectAsync(Mailbox mailbox)
    {
        counts.Add("prospecting mail");
        return SendAsync(mailbox, mailbox.Next(random), MailboxOracle.Prospect, mailbox.NewConversation(), automatic: false);
    }

    private async Task SendAsync(Mailbox mailbox, DateTimeOffset at, string to, string conversation, bool automatic)
    {
        var message = new JsonObject
        {
            ["subject"] = "An answer",
            ["conversationId"] = conversation,
            ["sentDateTime"] = Written(at),
            ["receivedDateTime"] = Written(at),
            ["toRecipients"] = new JsonArray(World.Correspondent(to)),
        };
        if (automatic)
        {
            message["internetMessageHeaders"] = Header("Auto-Submitted", "auto-replied");
        }

        await world.SayAsync("/sim/sent", new JsonObject { ["user"] = mailbox.Rep.Address, ["message"] = message });
    }

    private async Task MoveAsync(Mailbox mailbox, string folder)
    {
        if (mailbox.Any(random) is { } id)
        {
            counts.Add(folder == "inbox" ? "move back" : "move out");
            await world.SayAsync("/sim/moves", new JsonObject { ["user"] = mailbox.Rep.Address, ["internetMessageId"] = id, ["folder"] = folder });
        }
    }

    private async Task DeleteAsync(Mailbox mailbox)
    {
        if (mailbox.Any(random) is { } id)
        {
            counts.Add("deletion");
            mailbox.Mails.Remove(id);
            using var answer = await world.Simulator.DeleteAsync($"/sim/messages/{Uri.EscapeDataString(id)}?user={mailbox.Rep.Address}");
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task ReadAsync(Mailbox mailbox)
    {
        if (mailbox.Any(random) is { } id)
        {
            counts.Add("read mark");
            await world.SayAsync("/sim/reads", new JsonObject { ["user"] = mailbox.Rep.Address, ["internetMessageId"] = id, ["isRead"] = random.Next(2) == 0 });
        }
    }

    private async Task CategoriseAsync(Mailbox mailbox)
    {
        if (mailbox.Any(random) is { } id)
        {
            counts.Add("category");
            await world.SayAsync("/sim/categories", new JsonObject { ["user"] = mailbox.Rep.Address, ["internetMessageId"] = id, ["categories"] = new JsonArray("Blue") });
        }
    }

    private async Task LifecycleAsync(Mailbox mailbox)
    {
        var told = random.Next(3) switch { 0 => "missed", 1 => "subscriptionRemoved", _ => "reauthorizationRequired" };
        counts.Add($"lifecycle {told}");
        await world.SayAsync("/sim/lifecycle", new JsonObject { ["user"] = mailbox.Rep.Address, ["event"] = told });
    }

    private Task CrashAsync()
    {
        if (random.Next(2) == 0)
        {
            commits.CrashBeforeNext();
        }
        else
        {
            commits.CrashAfterNext();
        }

        return Task.CompletedTask;
    }

    private async Task FailAsync(Mailbox mailbox)
    {
        var (kind, more) = Faults[random.Next(Faults.Length)];
        var fault = more(random);
        (fault["kind"], fault["user"]) = (kind, mailbox.Rep.Address);
        await world.SayAsync("/sim/faults", fault);
    }

    private static JsonArray Header(string name, string value) => new(new JsonObject { ["name"] = name, ["value"] = value });

    private static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>What the player remembers of a mailbox; no second is used twice, so that before and after are clear.</summary>
    private sealed class Mailbox(Person rep, DateTimeOffset enrolledBy)
    {
        private readonly HashSet<DateTimeOffset> used = [];
        private readonly List<string> conversations = [];
        private DateTimeOffset at = enrolledBy.AddMinutes(5);

        public Person Rep => rep;

        public List<string> Mails { get; } = [];

        public DateTimeOffset Next(Random random)
        {
            do
            {
                at = at.AddSeconds(random.Next(1, 60));
            }
            while (!used.Add(at));
            return at;
        }

        /// <summary>A mail from before the last ones that is only shown now.</summary>
        public DateTimeOffset Earlier(Random random)
        {
            for (var tries = 0; tries < 20; tries++)
            {
                var earlier = at.AddSeconds(-random.Next(1, 300));
                if (earlier > enrolledBy && used.Add(earlier))
                {
                    return earlier;
                }
            }

            return Next(random);
        }

        public string Conversation(Random random) =>
            conversations.Count == 0 || random.Next(3) == 0 ? NewConversation() : conversations[random.Next(conversations.Count)];

        public string NewConversation()
        {
            conversations.Add($"{rep.Address}-{conversations.Count}");
            return conversations[^1];
        }

        public string? Any(Random random) => Mails.Count == 0 ? null : Mails[random.Next(Mails.Count)];
    }
}
