using System.Collections.Concurrent;
using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Senders;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Makes people of rows; for several threads at once.</summary>
internal sealed class PersonReading(ImportColumns columns, ImportOrder order)
{
    private const int MostFurther = 8;

    /// <summary>Columns of few words repeat them: each is looked up once. A column of many is not kept.</summary>
    private const int MostRemembered = 2_000;
    private static readonly HashSet<string> Blanks = new(["-", "--", "n/a", "na", "none", "null", "unknown", "k.a.", "keine", "?", "."], StringComparer.OrdinalIgnoreCase);
    private static readonly char[] BetweenAddresses = [';', ',', '|', ' ', '\t', '\r', '\n', '\u00a0'];
    private static readonly char[] BetweenNumbers = [';', ',', '|', '\r', '\n'];
    private static readonly char[] AroundAddress = ['<', '>', '"', '\'', '(', ')', '[', ']'];
    private readonly ConcurrentDictionary<string, SenderKind?> kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> zones = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> regions = new(StringComparer.Ordinal);

    /// <param name="cells">Those of the columns that are used, in their order; may be fewer.</param>
    /// <param name="findings">Why it was rejected, or what was passed over.</param>
    /// <returns>Null when the row is rejected.</returns>
    public ImportedPerson? Read(int line, string[] cells, List<ImportFinding> findings)
    {
        var kind = StatusWords.Together(columns.Status.Select(x => Remembered(kinds, cells[x], StatusWords.KindOf))) ?? order.Kind;
        if (kind == SenderKind.Automated)
        {
            return Rejected(ImportProblemCode.KindNotListable, "automated");
        }

        var addresses = new List<string>();
        var numbers = new List<string>();
        ListEntry? domain = null;
        (ImportProblemCode Code, string Text)? wrongDomain = null;
        string? wrongAddress = null;
        string? wrongNumber = null;
        foreach (var at in columns.Email)
        {
            ReadAddresses(cells[at]);
        }

        var region = First(columns.Country) is { } country ? Remembered(regions, country, Countries.RegionOf) ?? order.Region : order.Region;
        foreach (var at in columns.Phone)
        {
            ReadNumbers(cells[at], region);
        }

        var name = Text(First(columns.Name)) ?? Text(string.Join(' ', new[] { First(columns.FirstName), First(columns.LastName) }.OfType<string>()));
        var company = Text(First(columns.Company));
        if (domain is null && First(columns.Domain) is { } website)
        {
            ReadDomain(website);
        }

        // A company with its switchboard is a company; a person with a number is a person.
        var isCompany = addresses.Count == 0 && domain is not null && (numbers.Count == 0 || name is null);
        if (!isCompany && addresses.Count + numbers.Count == 0)
        {
            return wrongAddress is not null ? Rejected(ImportProblemCode.MalformedAddress, wrongAddress)
                : wrongDomain is { } wrong ? Rejected(wrong.Code, wrong.Text)
                : Rejected(ImportProblemCode.NoAddressOrNumber, null);
        }

        if (wrongAddress is not null)
        {
            findings.Add(new ImportFinding(line, ImportProblemCode.AddressPassedOver, wrongAddress));
        }

        if (wrongNumber is not null)
        {
            findings.Add(new ImportFinding(line, ImportProblemCode.NumberPassedOver, wrongNumber));
        }

        var phone = numbers.Count > 0 ? numbers[0] : null;
        var entry = isCompany ? domain!.Key : addresses.Count > 0 ? addresses[0] : phone!;
        return new ImportedPerson(
            line, entry, kind, name, company, phone,
            StatedZones() ?? Phones.ZoneTextOf(phone),
            StatusWords.Forbids(First(columns.DoNotCall)),
            [.. addresses.Concat(numbers.Skip(1)).Where(x => x != entry).Take(MostFurther)]);

        ImportedPerson? Rejected(ImportProblemCode code, string? text)
        {
            findings.Clear();
            findings.Add(new ImportFinding(line, code, text));
            return null;
        }

        string? First(int[] places) => places.Select(x => cells[x]).FirstOrDefault(x => !string.IsNullOrWhiteSpace(x));

        string? Text(string? cell)
        {
            var text = PlainText.Clean(cell, ListEntryRow.LongestText, out var isCut);
            if (isCut)
            {
                findings.Add(new ImportFinding(line, ImportProblemCode.TextCut));
            }

            return text;
        }

        void ReadAddresses(string cell)
        {
            if (IsBlank(cell))
            {
                return;
            }

            if (!cell.Contains('@', StringComparison.Ordinal))
            {
                // Our own export has domains and numbers in the same column.
                var text = cell.Trim();
                if (text[0] is '+' && Phones.EntryOf(text, null) is { } number)
                {
                    AddNumber(number.Key);
                }
                else if (text.Contains('.', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal))
                {
                    ReadDomain(text);
                }
                else
                {
                    wrongAddress ??= text;
                }

                return;
            }

            foreach (var part in cell.Split(BetweenAddresses, StringSplitOptions.RemoveEmptyEntries))
            {
                if (!part.Contains('@', StringComparison.Ordinal))
                {
                    continue;
                }

                var text = part.Trim(AroundAddress);
                text = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text[7..] : text;
                if (text.StartsWith('@') && text.Length > 1)
                {
                    ReadDomain(text[1..]);
                }
                else if (!ListEntry.TryParse(text, out var address, out _))
                {
                    wrongAddress ??= text;
                }
                else if (!addresses.Contains(address.Key))
                {
                    addresses.Add(address.Key);
                }
            }
        }

        void ReadNumbers(string cell, string? region)
        {
            if (IsBlank(cell))
            {
                return;
            }

            foreach (var part in cell.Split(BetweenNumbers, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (Phones.EntryOf(part, region) is { } number)
                {
                    AddNumber(number.Key);
                }
                else
                {
                    wrongNumber ??= part;
                }
            }
        }

        void AddNumber(string number)
        {
            if (!numbers.Contains(number))
            {
                numbers.Add(number);
            }
        }

        void ReadDomain(string cell)
        {
            if (IsBlank(cell))
            {
                return;
            }

            var host = HostOf(cell.Trim());
            if (ListEntry.TryParse(host, out var entry, out var refusal) && entry.Kind == ListEntryKind.Domain)
            {
                domain ??= entry;
            }
            else
            {
                wrongDomain ??= (refusal switch
                {
                    ListEntryRefusal.FreeMailDomain => ImportProblemCode.FreeMailDomain,
                    ListEntryRefusal.PublicSuffix => ImportProblemCode.PublicSuffix,
                    _ => ImportProblemCode.MalformedDomain,
                }, host);
            }
        }

        string? StatedZones()
        {
            if (First(columns.TimeZone) is not { } cell)
            {
                return null;
            }

            var stated = cell.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(x => Remembered(zones, x, ZoneOf)).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
            return stated.Count == 0 ? null : string.Join(',', stated);
        }
    }

    /// <summary>The host of a website's address, without its www.</summary>
    private static string HostOf(string text)
    {
        var from = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var rest = text.AsSpan(from);
        var end = rest.IndexOfAny("/?#:");
        var host = (end < 0 ? rest : rest[..end]).Trim();
        return (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host).ToString();
    }

    /// <summary>HubSpot's own interface writes <c>america_slash_new_york</c>.</summary>
    private static string? ZoneOf(string text) =>
        TimeZones.Resolve(text) ?? TimeZones.Resolve(text.Replace("_slash_", "/", StringComparison.OrdinalIgnoreCase));

    private static bool IsBlank(string cell) => string.IsNullOrWhiteSpace(cell) || Blanks.Contains(cell.Trim());

    private static T Remembered<T>(ConcurrentDictionary<string, T> known, string text, Func<string, T> find) =>
        known.TryGetValue(text, out var found) ? found
        : known.Count < MostRemembered ? known.GetOrAdd(text, find)
        : find(text);
}
