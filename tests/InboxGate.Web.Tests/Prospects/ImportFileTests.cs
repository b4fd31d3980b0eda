using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Prospects;

/// <summary>Files as they come: of every writing, and broken in every way.</summary>
public sealed class ImportFileTests(PostgresServer postgres)
{
    static ImportFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task Letters_and_delimiters_of_every_program_are_read()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        foreach (var (encoding, name) in new (Encoding, string)[]
        {
            (new UTF8Encoding(false), "UTF-8"), (new UTF8Encoding(true), "UTF-8"), (Encoding.Unicode, "UTF-16"), (Encoding.BigEndianUnicode, "UTF-16 (big endian)"),
            (Encoding.GetEncoding(1252), "Windows-1252"),
        })
        {
            foreach (var delimiter in new[] { ",", ";", "\t" })
            {
                foreach (var lineEnd in new[] { "\n", "\r\n" })
                {
                    // The other delimiters stand in the texts, a line break in one, and the last line has none; 70,000 letters cross every block.
                    var text = string.Join(delimiter, "E-Mail", "Name", "Firma") + lineEnd
                        + string.Join(delimiter, "ann@fabrikam.com", "\"Lee, Ann; \"\"Änn\"\"\tx\"", "\"Größe & Co\n2. Zeile\"") + lineEnd
                        + string.Concat(Enumerable.Range(0, 1_500).Select(x => string.Join(delimiter, $"p{x}@fabrikam.com", "Zoë Müller", "Ünal €") + lineEnd))
                        + string.Join(delimiter, "keiner", "Ü", "ß");
                    var looked = await mira.ImportAsync(ImportSending.Own + "/preview", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

                    var what = $"{name} {delimiter} {lineEnd.Length}: {looked["problems"]}";
                    Assert.True("1502: 1501 0 0 1, 0, 0" == looked.Counts(), what + looked.Counts());
                    Assert.Equal((delimiter, name), (looked["delimiter"]!.GetValue<string>(), looked["encoding"]!.GetValue<string>()));
                    Assert.Equal("1504 malformedAddress", looked.Problems());
                    var entries = looked["sample"]!.AsArray();
                    Assert.Equal(("Lee, Ann; \"Änn\" x", "Größe & Co 2. Zeile"), (entries[0]!["name"]!.GetValue<string>(), entries[0]!["company"]!.GetValue<string>()));
                    Assert.Equal(("Zoë Müller", "Ünal €"), (entries[4]!["name"]!.GetValue<string>(), entries[4]!["company"]!.GetValue<string>()));
                }
            }
        }
    }

    [Fact]
    public async Task Rows_name_people_companies_and_numbers_or_are_rejected_with_the_reason()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        const string File = """
            Email,Name,Company,Website,Phone,Country,Do Not Call,Type,Time Zone
            ann@fabrikam.com,Ann,,,030 123456,,,,
            ,Ben,,,0171 2345678;+49 30 555666,,yes,,
            ,Cat,,,(415) 555-2671,United States,,,
            ,,Adatum,https://www.adatum.com/about?x=1,+49 30 999999,,,customer,
            ,,,litware.com,,,,,
            Dan <dan@fabrikam.com>,Dan,,,n/a,,no,,Pacific Standard Time
            @northwind.com,,,,,,,,
            "=HYPERLINK(""http://x"",""a"")",,,,,,,,
            eve@fabrikam.com,"=1+1",<script>alert(1)</script>,,,,,,Nowhere
            ,,,gmail.com,,,,,
            ,,,co.uk,,,,,
            ,,,in preparation,,,,,
            ,Fay,,,,,,,
            no at sign,Gus,,,,,,,
            hal@fabrikam.com,Hal,,,12,,,,
            ida@@fabrikam.com,Ida,,,030 777777,,,,
            jon@fabrikam.com,Jon,,,,,,automated,
            ,,,,,,,,

            kim@fabrikam.com,Kim,,,,,,,,more
            '+4930111222,Lou,,,,,,,
            """;

        var report = await mira.ImportAsync(File);

        Assert.Equal("19: 11 0 0 8, 0, 0", report.Counts());
        Assert.Equal(
            "9 malformedAddress, 11 freeMailDomain, 12 publicSuffix, 13 malformedDomain, 14 noAddressOrNumber, 15 malformedAddress, 16 numberPassedOver, 17 addressPassedOver, 18 kindNotListable, 21 tooManyCells",
            report.Problems());
        Assert.Equal(
            ((string[])[
                "+14155552671 Prospect Cat//+14155552671/America/Los_Angeles",
                "+4930111222 Prospect Lou//+4930111222/Europe/Berlin",
                "+4930777777 Prospect Ida//+4930777777/Europe/Berlin",
                "+4930555666 Prospect Ben//+4930555666/Europe/Berlin (+491712345678) do not call",
                "+491712345678 Prospect Ben//+491712345678/Europe/Berlin do not call",
                "adatum.com Customer /Adatum/+4930999999/Europe/Berlin",
                "ann@fabrikam.com Prospect Ann//+4930123456/Europe/Berlin",
                "dan@fabrikam.com Prospect Dan///America/Los_Angeles",
                "eve@fabrikam.com Prospect =1+1/<script>alert(1)</script>//",
                "hal@fabrikam.com Prospect Hal///",
                "litware.com Prospect ///",
                "northwind.com Prospect ///",
            ]).Order(StringComparer.Ordinal),
            (await world.ListedAsync()).Select(x => $"{x.Entry} {x.Kind} {x.Name}/{x.Company}/{x.Phone}/{x.TimeZones}{(x.MainEntry is { } main ? $" ({main})" : "")}{(x.DoNotCall ? " do not call" : "")}")
                .Order(StringComparer.Ordinal));
        Assert.Equal("19: 0 0 11 8, 0, 0", (await mira.ImportAsync(File)).Counts());

        using var answer = await mira.SendFileAsync(ImportSending.Own + "/rejected", Encoding.UTF8.GetBytes(File));
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("line,reason,Email,Name,Company,Website,Phone,Country,Do Not Call,Type,Time Zone", lines[0]);
        Assert.Equal(9, lines.Length);
        Assert.StartsWith("9,", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",kim@fabrikam.com,Kim,,,,,,,,more", lines[8], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_mapped_by_hand_where_their_names_are_not_known()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        const string File = "Wen,Wie,Was,Was\nann@fabrikam.com,Ann,,Kunde\nbob@fabrikam.com,Bob,Interessent,Kunde\n";

        var looked = await mira.PreviewAsync(File);
        Assert.Equal("1 noUsableColumn, 2 noAddressOrNumber, 3 noAddressOrNumber", looked.Problems());
        Assert.Equal(
            ["0 Wen  ann@fabrikam.com/bob@fabrikam.com", "1 Wie  Ann/Bob", "2 Was  Interessent", "3 Was  Kunde/Kunde"],
            looked["columns"]!.AsArray().Select(x => $"{x!["index"]} {x["header"]} {x["field"]} {string.Join('/', x["samples"]!.AsArray().Select(y => y!.GetValue<string>()))}"));
        using (var refused = await mira.SendFileAsync(ImportSending.Own, Encoding.UTF8.GetBytes(File)))
        {
            var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("Wen, Wie, Was, Was", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var mapped = await mira.ImportAsync(File, ("mapping", """{"Wen":"email","1":"name","was":"status"}"""));
        Assert.Equal(("2: 2 0 0 0, 0, 0", "1 duplicateHeader"), (mapped.Counts(), mapped.Problems()));
        Assert.Equal(["ann@fabrikam.com Customer Ann", "bob@fabrikam.com Customer Bob"], (await world.ListedAsync()).Select(x => $"{x.Entry} {x.Kind} {x.Name}"));

        Assert.Equal("2: 2 0 0 0, 0, 0", (await mira.PreviewAsync("Email,Status\nx@fabrikam.com,customer\ny@fabrikam.com,\n", ("mapping", """{"Status":"ignore"}"""), ("kind", "other"))).Counts());
        await mira.ImportAsync("Email,Status\nx@fabrikam.com,customer\ny@fabrikam.com,\n", ("mapping", """{"Status":"ignore"}"""), ("kind", "other"));
        Assert.Equal(2, (await world.ListedAsync()).Count(x => x.Kind == Core.Senders.SenderKind.Other));
        Assert.Equal("2: 2 0 0 0, 0, 0", (await mira.ImportAsync("Phone\n020 7946 0958\n(0161) 496 0000\n", ("region", "gb"))).Counts());
        Assert.Contains("+442079460958", await world.EntriesAsync(), StringComparison.Ordinal);
        await mira.ImportAsync("Telefon;Land\n01 70 18 99 00;Frankreich\n01 70 18 99 01;FR\n01 70 18 99 02;FRA\n01 70 18 99 03;France\n0171 2345678;Nirgendwo\n");
        Assert.Contains("+33170189900, +33170189901, +33170189902, +33170189903", await world.EntriesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_table_or_asks_for_nothing_there_is_is_refused_and_saves_nothing()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        var revision = await mira.RevisionAsync();
        var good = "Email\nann@fabrikam.com\n"u8.ToArray();
        foreach (var (what, file, type) in new (string, byte[], string)[]
        {
            ("empty", [], "import-empty"), ("a zip", Zip(), "import-not-csv"), ("a gzip", [0x1f, 0x8b, 8, 0, 0], "import-not-csv"), ("a picture", [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0], "import-not-csv"),
            ("NULs later on", [.. good, .. new byte[100_000]], "import-not-csv"), ("UTF-16 without a mark", Encoding.Unicode.GetBytes("Email\nann@fabrikam.com"), "import-not-csv"),
            ("a header alone", "Email,Name\n"u8.ToArray(), "import-no-rows"), ("a header and empty rows", "Email,Name\n,\n ,\n"u8.ToArray(), "import-no-rows"),
            ("prose", "Dear all,\nhow are you?\n"u8.ToArray(), "import-columns"),
            ("10,000 columns", Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 10_000).Select(x => $"c{x}")) + "\n1"), "import-too-many-columns"),
            ("too many rows", Encoding.ASCII.GetBytes("Email\n" + string.Concat(Enumerable.Repeat("x\n", 200_001))), "import-too-many-rows"),
            ("a row without an end", Encoding.ASCII.GetBytes("Email,Name\nann@fabrikam.com,\"" + new string('x', 9_000_000)), "import-row-too-long"),
        })
        {
            foreach (var path in new[] { "", "/preview", "/rejected" })
            {
                if (type == "import-columns" && path == "/preview")
                {
                    continue;
                }

                using var answer = await mira.SendFileAsync(ImportSending.Own + path, file);
                await IsProblemAsync(answer, 422, type, $"{what} {path}");
            }
        }

        foreach (var (name, value, status) in new[]
        {
            ("id", "seven", 400), ("mapping", "[]", 400), ("mapping", "{", 400), ("mapping", """{"Email":1}""", 400), ("mapping", "null", 400), ("mapping", """{"Email":"colour"}""", 422), ("mapping", """{"Name":"name"}""", 422),
            ("mapping", """{"1":"name"}""", 422), ("kind", "friend", 400), ("kind", "1", 400), ("kind", "unknown", 422), ("kind", "automated", 422), ("region", "Deutschland", 422), ("region", "XX", 422),
            ("removeMissing", "yes", 400), ("onConflict", "both", 400), ("colour", "red", 400),
        })
        {
            using var answer = await mira.SendFileAsync(ImportSending.Own, good, (name, value));
            await IsProblemAsync(answer, status, "", $"{name}={value}");
        }

        using (var twice = await mira.SendFileAsync(ImportSending.Own, good, ("kind", "vip"), ("kind", "other")))
        {
            await IsProblemAsync(twice, 400, "", "kind twice");
        }

        using (var none = new MultipartFormDataContent { { new StringContent("x"), "id" } })
        {
            using var answer = await mira.Api.PostAsync(ImportSending.Own, none, TestContext.Current.CancellationToken);
            await IsProblemAsync(answer, 400, "", "no file");
        }

        foreach (var body in new[] { "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nEmail\nann@fabrikam.com", "" })
        {
            using var broken = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
            using var answer = await mira.Api.PostAsync(ImportSending.Own, broken, TestContext.Current.CancellationToken);
            await IsProblemAsync(answer, 400, "", "cut off");
        }

        Assert.Equal(("", revision), (await world.EntriesAsync(), await mira.RevisionAsync()));
    }

    [Fact]
    public async Task A_huge_file_is_refused_whether_its_length_is_said_or_not()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        // A little more than the whole form may be: of a length not said it is all written when the server hangs up.
        foreach (var (length, isLengthSaid) in new[] { (60L * 1024 * 1024, true), ((50L * 1024 * 1024) + (128 * 1024), false), ((50L * 1024 * 1024) + 1, true) })
        {
            using var form = new MultipartFormDataContent { { new StreamContent(new Endless(length, isLengthSaid)), "file", "people.csv" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, ImportSending.Own) { Content = form };
            request.Headers.ExpectContinue = true;
            using var answer = await mira.Api.SendAsync(request, TestContext.Current.CancellationToken);
            await IsProblemAsync(answer, 413, "body-too-large", $"length said: {isLengthSaid}");
        }

        Assert.Equal("", await world.EntriesAsync());
    }

    [Fact]
    public async Task Broken_rows_spoil_themselves_alone()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        var file = "Email,Name,Notes\n"
            + $"ann@fabrikam.com,{new string('n', 201)},\n"
            + $"bob@fabrikam.com,Bob,\"{new string('x', 10_001)}\"\n"
            + "cem@fabrikam.com,C\u0000\u202eem\u0007 \"Lee\",\n".Replace("\u0000", "", StringComparison.Ordinal)
            + "dan@fabrikam.com,\"Dan\" Fox,\n"
            + "eve@fabrikam.com,\"Eve,\nfay@fabrikam.com,Fay,\n";

        var report = await mira.ImportAsync(file);

        Assert.Equal(("5: 3 0 0 2, 0, 0", "2 textCut, 3 cellTooLong, 6 quoteNotClosed"), (report.Counts(), report.Problems()));
        Assert.Equal(
            [$"ann@fabrikam.com {new string('n', 200)}", "cem@fabrikam.com Cem \"Lee\"", "dan@fabrikam.com Dan Fox"],
            (await world.ListedAsync()).Select(x => $"{x.Entry} {x.Name}"));
    }

    [Fact]
    public async Task Of_many_problems_the_first_are_told()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);
        var mira = await world.RepAsync();
        var report = await mira.ImportAsync("Email\n" + string.Concat(Enumerable.Range(0, 300).Select(x => string.Create(CultureInfo.InvariantCulture, $"nobody{x}\n"))));
        Assert.Equal((300, 200, 100), (report["rejected"]!.GetValue<int>(), report["problems"]!.AsArray().Count, report["problemsLeftOff"]!.GetValue<int>()));
        Assert.Equal("201 malformedAddress", report.Problems().Split(", ")[^1]);
    }

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("xl/workbook.xml").Open();
            entry.Write(new byte[1_000_000]);
        }

        return bytes.ToArray();
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, int status, string type, string what)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{what} answered {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith(type, JsonNode.Parse(text)!["type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>So much of nothing, without ever being in memory.</summary>
    private sealed class Endless(long length, bool isLengthSaid) : Stream
    {
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => isLengthSaid;
        public override bool CanWrite => false;
        public override long Length { get; } = length;
        public override long Position { get => Length - left; set => left = Length - value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, left);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
