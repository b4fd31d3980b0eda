using InboxGate.Core.Prospects;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Prospects;

public sealed class StatusWordsTests
{
    [Theory]
    [InlineData("lead", SenderKind.Prospect)]
    [InlineData("Marketing Qualified Lead", SenderKind.Prospect)]
    [InlineData("marketingqualifiedlead", SenderKind.Prospect)]
    [InlineData("OPEN_DEAL", SenderKind.Prospect)]
    [InlineData("Open - Not Contacted", SenderKind.Prospect)]
    [InlineData("Interessent", SenderKind.Prospect)]
    [InlineData("Client potentiel", SenderKind.Prospect)]
    [InlineData("見込み客", SenderKind.Prospect)]
    [InlineData("Customer", SenderKind.Customer)]
    [InlineData("Customer - Direct", SenderKind.Customer)]
    [InlineData("evangelist", SenderKind.Customer)]
    [InlineData("Bestandskunde", SenderKind.Customer)]
    [InlineData("CLIENTE", SenderKind.Customer)]
    [InlineData("Unqualified", SenderKind.Other)]
    [InlineData("BAD_TIMING", SenderKind.Other)]
    [InlineData("Closed - Not Converted", SenderKind.Other)]
    [InlineData("Former customer", SenderKind.Other)]
    [InlineData("Perdu", SenderKind.Other)]
    [InlineData("vip", SenderKind.Vip)]
    [InlineData("colleague", SenderKind.Colleague)]
    [InlineData("Active", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("Segment B", null)]
    public void A_word_says_what_somebody_is_or_nothing(string? word, SenderKind? kind) => Assert.Equal(kind, StatusWords.KindOf(word));

    [Fact]
    public void Of_several_words_the_one_that_says_most_counts()
    {
        Assert.Equal(SenderKind.Customer, StatusWords.Together([SenderKind.Prospect, SenderKind.Other, SenderKind.Customer]));
        Assert.Equal(SenderKind.Other, StatusWords.Together([SenderKind.Prospect, SenderKind.Other]));
        Assert.Equal(SenderKind.Prospect, StatusWords.Together([null, SenderKind.Prospect]));
        Assert.Null(StatusWords.Together([null]));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    [InlineData("x", true)]
    [InlineData("Ja", true)]
    [InlineData("Do Not Allow", true)]
    [InlineData("since 2025", true)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("nein", false)]
    [InlineData("Allow", false)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    public void Whoever_may_not_be_called_is_not_unless_the_cell_says_no(string cell, bool? forbids) => Assert.Equal(forbids, StatusWords.Forbids(cell));
}
