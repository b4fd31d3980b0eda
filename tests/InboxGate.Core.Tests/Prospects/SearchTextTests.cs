using InboxGate.Core.Prospects;

namespace InboxGate.Core.Tests.Prospects;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Müller", "muller")]
    [InlineData("ÉCOLE  d'Été ", "ecole d'ete")]
    [InlineData("Straße", "strasse")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("Søren Łukasz Đorđe", "soren lukasz dorde")]
    [InlineData("ＡＢＣ ﬁne", "abc fine")]
    [InlineData("Ann\t\nLee", "ann lee")]
    [InlineData("a\u200bb\u0000c", "abc")]
    [InlineData("株式会社", "株式会社")]
    [InlineData("ANN@Contoso.com", "ann@contoso.com")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    public void Case_accents_and_forms_do_not_matter(string? text, string folded) => Assert.Equal(folded, SearchText.Fold(text));

    [Theory]
    [InlineData("Zoë Ångström")]
    [InlineData("İstanbul ılık")]
    public void Folding_twice_is_folding_once(string text) => Assert.Equal(SearchText.Fold(text), SearchText.Fold(SearchText.Fold(text)));
}
