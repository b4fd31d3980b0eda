using System.Globalization;
using System.Text.Json.Nodes;

namespace InboxGate.Web.Tests.Api;

/// <summary>What is said under which name, where a request's description alone would give nonsense.</summary>
public sealed class ApiWords
{
    private readonly Dictionary<string, Func<ApiOperation, Random, JsonNode?>> words = new(StringComparer.OrdinalIgnoreCase);

    public Func<ApiOperation, Random, JsonNode?> this[string name]
    {
        set => words[name] = value;
    }

    public bool TryGet(string name, ApiOperation operation, Random random, out JsonNode? value)
    {
        var isKnown = words.TryGetValue(name, out var word);
        value = isKnown ? word!(operation, random) : null;
        return isKnown;
    }

    /// <summary>Says one of these.</summary>
    public void Choose(string name, params string[] texts) => this[name] = (_, random) => texts[random.Next(texts.Length)];

    /// <summary>Good words for all that is no id of anybody's.</summary>
    /// <param name="now">By the server's clock.</param>
    public static ApiWords Usual(DateTimeOffset now)
    {
        var words = new ApiWords();
        string Day(Random random, int least, int most) =>
            DateOnly.FromDateTime(now.UtcDateTime).AddDays(random.Next(least, most)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        words.Choose("name", "Pia", "Zoë Ångström", "O'Brien; \"Bob\"", "株式会社");
        words.Choose("company", "Fabrikam", "Northwind Traders", "Müller & Söhne");
        words.Choose("phone", "+49 30 1234567", "+1 425 555 0123", "030 7654321");
        words.Choose("timeZone", "Europe/Berlin", "America/New_York", "Pacific Standard Time");
        words.Choose("subject", "A question", "Re: the offer", "");
        words.Choose("value", "no", "list", "<mailto:x@y.example>");
        words.Choose("reason", "The customer is on the line.", "Wichtig!", "x");
        words.Choose("itemId", "AAMkAGI2=");
        words.Choose("category", "", "Prospects");
        words.Choose("folderId", "", "contacts");
        words.Choose("address", "ann@contoso.com", "pia@fabrikam.example", "no-reply@shop.example");
        words.Choose("search", "Pia", "fab", "ö", "49");
        words.Choose("problem", "accessDenied", "throttled");
        words.Choose("start", "08:00", "09:30", "22:00");
        words.Choose("end", "17:00", "12:00", "06:00");
        words["callsRequired"] = (_, random) => new JsonObject { ["colleague"] = random.Next(21), ["customer"] = random.Next(21) };
        words["checkpoints"] = (_, random) => random.Next(3) switch
        {
            0 => null,
            1 => new JsonArray(new JsonObject { ["time"] = "11:00", ["share"] = random.Next(1, 90) }, new JsonObject { ["time"] = "16:00", ["share"] = 100 }),
            _ => new JsonArray(new JsonObject { ["time"] = "16:30", ["share"] = 100 }),
        };
        words["margin"] = (_, random) => random.Next(21);
        words["daysOff"] = (_, random) => new JsonArray(Day(random, 2, 30));
        words["halfDays"] = (_, random) => new JsonArray(Day(random, 31, 60));
        words["keepsPaceUntil"] = (_, random) => random.Next(2) == 0 ? null : Day(random, 1, 20);
        words["dueOn"] = (_, random) => random.Next(4) == 0 ? null : Day(random, -300, 300);
        words["from"] = (operation, random) => operation.Path.StartsWith("/api/messages/", StringComparison.Ordinal)
            ? new JsonObject { ["name"] = "Ann", ["address"] = random.Next(2) == 0 ? "ann@contoso.com" : $"a{random.Next(1000)}@fabrikam.example" }
            : Day(random, -60, 60);
        words["to"] = (_, random) => Day(random, 60, 120);
        words["pausedUntil"] = (_, random) => random.Next(2) == 0 ? null : Instant(now.AddHours(random.Next(-5, 5)));
        words["madeAt"] = (_, random) => Instant(now.AddMinutes(-random.Next(10_000)));
        words["receivedAt"] = (_, random) => Instant(now.AddMinutes(-random.Next(10_000)));
        words["secondsAgo"] = (_, random) => random.Next(604_801);
        words["amount"] = (_, random) => random.Next(1, 1000);
        words["take"] = (_, random) => random.Next(1, 11);
        words["longestPauseHours"] = (_, random) => random.Next(0, 8785);
        words["limits"] = (_, random) => random.Next(2) == 0 ? null : new JsonObject { ["longestPauseHours"] = random.Next(24, 8785) };
        words["date"] = (_, random) => Day(random, -300, 300);
        return words;
    }
}
