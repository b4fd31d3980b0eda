using System.Text.Json;
using System.Text.Json.Nodes;

namespace InboxGate.Demo.SampleDay;

/// <summary>
/// The people and the mail of one sales day, told to the simulator. The same each time; only the instants follow the clock.
/// Gates arise for mail received after the rep's first board, so the day comes in two parts with the enrolment between them.
/// </summary>
internal static class Day
{
    public const string Rep = "mira@contoso.com";
    public const string Manager = "jon@contoso.com";

    /// <summary>The others in the manager's team, and how the calls went that each has made since eight.</summary>
    public static readonly IReadOnlyList<(string User, IReadOnlyList<string> Outcomes)> Colleagues =
    [
        ("priya@contoso.com", ["noAnswer", "talked", "voicemail", "talked"]),
        ("tom@contoso.com", ["noAnswer"]),
        ("noor@contoso.com", ["talked", "meeting", "noAnswer", "talked", "voicemail", "talked"]),
        ("ben@contoso.com", ["voicemail", "talked", "noAnswer"]),
    ];

    /// <summary>What the rep has said about senders before: an address or a company's domain, and its kind.</summary>
    public static readonly IReadOnlyList<(string Entry, string Kind)> KnownSenders =
    [
        ("fabrikam.example", "customer"),
        ("northwind.example", "customer"),
    ];

    /// <summary>Whom the rep may call: some where it is daytime already when the sample day begins. Nobody has these numbers.</summary>
    public static readonly IReadOnlyList<(string Entry, string Name, string Company, string Phone)> Prospects =
    [
        ("aino@lapland-timber.example", "Aino Korhonen", "Lapland Timber", "+358 9 000 0101"),
        ("eero@kotka-marine.example", "Eero Mattila", "Kotka Marine", "+358 9 000 0102"),
        ("eleni@aegean-foods.example", "Eleni Markou", "Aegean Foods", "+30 210 000 0103"),
        ("bea@litware.example", "Bea Winter", "Litware", "+49 30 23125 104"),
        ("karl@proseware.example", "Karl Brandt", "Proseware", "+49 69 90009 105"),
        ("sofia@adatum.example", "Sofia Lenz", "Adatum", "+49 89 99998 106"),
        ("grace@wingtip.example", "Grace Hall", "Wingtip", "+1 212 555 0107"),
    ];

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    /// <summary>Posts the users, the rep's contacts, and the mail that was there before the rep enrolled.</summary>
    /// <param name="world">A client whose base address is the simulator's.</param>
    /// <param name="now">The simulated clock; mail is dated back from it.</param>
    public static async Task PrepareAsync(HttpClient world, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var person in await ReadAsync<JsonObject>("people.json", ct))
        {
            await PostAsync(world, "/sim/users", person, ct);
        }

        foreach (var contact in await ReadAsync<JsonObject>("contacts.json", ct))
        {
            await PostAsync(world, "/sim/contacts", contact, ct);
        }

        await PostAllAsync(world, "earlier.json", now, ct);
    }

    /// <summary>Delivers the morning's mail, received now.</summary>
    public static Task DeliverMorningAsync(HttpClient world, DateTimeOffset now, CancellationToken ct) =>
        PostAllAsync(world, "morning.json", now, ct);

    private static async Task PostAllAsync(HttpClient world, string resource, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var mail in await ReadAsync<SampleMail>(resource, ct))
        {
            var path = mail.Folder == "sent" ? "/sim/sent" : "/sim/messages";
            await PostAsync(world, path, new JsonObject { ["user"] = mail.Mailbox, ["message"] = mail.ToGraph(now) }, ct);
        }
    }

    private static async Task PostAsync(HttpClient world, string path, JsonObject body, CancellationToken ct)
    {
        using var answer = await world.PostAsJsonAsync(path, body, ct);
        if (!answer.IsSuccessStatusCode)
        {
            var said = await answer.Content.ReadAsStringAsync(ct);
            throw new InvalidOperationException($"{path} answered {answer.StatusCode}: {said}");
        }
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string resource, CancellationToken ct)
    {
        await using var stream = typeof(Day).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The sample day lacks {resource}.");
        return await JsonSerializer.DeserializeAsync<IReadOnlyList<T>>(stream, Reading, ct) ?? [];
    }
}
