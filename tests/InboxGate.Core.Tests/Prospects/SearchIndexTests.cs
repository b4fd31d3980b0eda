using CsCheck;
using InboxGate.Core.Prospects;

namespace InboxGate.Core.Tests.Prospects;

public sealed class SearchIndexTests
{
    private static readonly SearchIndex List = IndexOf(
        ("zoe@adatum.example", "Zoë Ångström", "Adatum GmbH", null),
        ("ann@fabrikam.example", "Ann Lee", "Fabrikam", "+493012345678"),
        ("bob@fabrikam.example", "Bob Müller", "Fabrikam", "+14155552671"),
        ("northwind.example", null, "Northwind", null),
        ("+442079460958", null, null, null));

    [Theory]
    [InlineData("", "+442079460958 ann@fabrikam.example bob@fabrikam.example northwind.example zoe@adatum.example")]
    [InlineData("  ", "+442079460958 ann@fabrikam.example bob@fabrikam.example northwind.example zoe@adatum.example")]
    [InlineData("muller", "bob@fabrikam.example")]
    [InlineData("MÜLLER bob", "bob@fabrikam.example")]
    [InlineData("angström", "zoe@adatum.example")]
    [InlineData("fabrikam", "ann@fabrikam.example bob@fabrikam.example")]
    [InlineData("ikam ann", "ann@fabrikam.example")]
    [InlineData("northwind.ex", "northwind.example")]
    [InlineData("ann bob", "")]
    [InlineData("lee fabrikam.example\nann", "ann@fabrikam.example")]
    [InlineData("nobody", "")]
    public void Every_word_must_be_there_whatever_its_case_and_accents(string text, string found) => Assert.Equal(found, Found(text));

    [Theory]
    [InlineData("030 1234", "ann@fabrikam.example")]
    [InlineData("030/12345678", "ann@fabrikam.example")]
    [InlineData("+49 (0)30 1234-5678", "ann@fabrikam.example")]
    [InlineData("0049 30 1234", "ann@fabrikam.example")]
    [InlineData("(415) 555-2671", "bob@fabrikam.example")]
    [InlineData("415.555 bob", "bob@fabrikam.example")]
    [InlineData("020 7946 0958", "+442079460958")]
    [InlineData("030 9999", "")]
    public void A_number_is_found_in_any_writing(string text, string found) => Assert.Equal(found, Found(text));

    [Fact]
    public void Digits_are_found_as_they_stand_too()
    {
        var list = IndexOf(("info@studio.example", "Studio 054", null, null), ("a@b.example", "Team 7 / 24", null, null));
        Assert.Equal("info@studio.example", Found("studio 054", list));
        Assert.Equal("a@b.example", Found("7 / 24", list));
    }

    [Fact]
    public void Nothing_is_found_across_two_entries() => Assert.Equal("", Found("a@b.exampleb@b.example", IndexOf(("a@b.example", null, null, null), ("b@b.example", null, null, null))));

    [Fact]
    public void Only_the_labels_that_are_wanted_are_found()
    {
        Assert.Equal([1, 2], List.Find(SearchQuery.Parse("fabrikam"), label => label == 2));
        Assert.Empty(List.Find(SearchQuery.Parse(""), label => label == 9));
    }

    [Fact]
    public void A_place_in_the_order_is_found_whether_a_row_stands_there_or_not()
    {
        Assert.Equal(2, List.RowsBefore("bob muller", "bob@fabrikam.example"));
        Assert.Equal(2, List.RowsBefore("b", ""));
        Assert.Equal(0, List.RowsBefore("", ""));
        Assert.Equal(List.Count, List.RowsBefore("zz", ""));
    }

    [Fact]
    public void An_empty_list_finds_nothing() => Assert.Empty(IndexOf().Find(SearchQuery.Parse("a")));

    /// <summary>The same as asking every entry for every word.</summary>
    [Fact]
    public void What_is_found_is_what_contains_all_words() =>
        Gen.Select(Gen.String["ab \u00e9"].List[0, 12], Gen.String["abe "]).Sample((names, text) =>
        {
            var list = IndexOf([.. names.Select((name, at) => ($"{at:00}", (string?)name, (string?)null, (string?)null))]);
            var words = SearchText.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var expected = names
                .Select((name, at) => (Key: SearchText.Fold(name), Text: SearchText.Fold($"{name} {at:00}"), Entry: $"{at:00}"))
                .Where(x => words.All(word => x.Text.Contains(word, StringComparison.Ordinal)))
                .OrderBy(x => x.Key, StringComparer.Ordinal).ThenBy(x => x.Entry, StringComparer.Ordinal)
                .Select(x => x.Entry);
            Assert.Equal(string.Join(' ', expected), Found(text, list));
        });

    /// <summary>Changing an index comes to the same as making it anew.</summary>
    [Fact]
    public void A_changed_entry_stands_where_it_belongs()
    {
        var changed = List.With("zoe@adatum.example", Indexed("zoe@adatum.example", "Able Zoë", null, null));
        Assert.Equal("+442079460958 zoe@adatum.example ann@fabrikam.example bob@fabrikam.example northwind.example", Found("", changed));
        Assert.Equal("zoe@adatum.example", Found("able", changed));
        Assert.Equal("", Found("adatum gmbh", changed));
        Assert.Equal("bob@fabrikam.example northwind.example zoe@adatum.example", Found("", List.With("+442079460958", null).With("ann@fabrikam.example", null)));
        Assert.Equal(List.Count + 1, List.With("new@adatum.example", Indexed("new@adatum.example", "zz", null, null)).Count);
        Assert.Equal(Found("", List), Found("", List.With("not@there.example", null)));
        Assert.Equal("a@b.example", Found("", IndexOf().With("a@b.example", Indexed("a@b.example", null, null, null))));
    }

    private static string Found(string text, SearchIndex? list = null) =>
        string.Join(' ', (list ?? List).Find(SearchQuery.Parse(text)).Select((list ?? List).EntryAt));

    private static SearchIndex IndexOf(params (string Entry, string? Name, string? Company, string? Phone)[] entries)
    {
        var builder = new SearchIndex.Builder();
        foreach (var (entry, name, company, phone) in entries)
        {
            builder.Add(Indexed(entry, name, company, phone));
        }

        return builder.Build();
    }

    private static IndexedEntry Indexed(string entry, string? name, string? company, string? phone) => new(
        entry, SearchText.Fold(name ?? company ?? entry), SearchText.Fold(string.Join(' ', new[] { name, company, entry, phone }.OfType<string>())),
        (byte)(company == "Fabrikam" ? 2 : 1));
}
