using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Senders;

public sealed class ListEntryTests
{
    [Theory]
    [InlineData(" Ann@Gmail.com ", "ann@gmail.com", true)]
    [InlineData("ann@bücher.de", "ann@xn--bcher-kva.de", true)]
    [InlineData("Acme.com", "acme.com", false)]
    [InlineData("acme.com.", "acme.com", false)]
    [InlineData("sales.acme.co.uk", "sales.acme.co.uk", false)]
    [InlineData("acme.co.uk", "acme.co.uk", false)]
    [InlineData("acme.github.io", "acme.github.io", false)]
    [InlineData("www.ck", "www.ck", false)]
    [InlineData("Bücher.de", "xn--bcher-kva.de", false)]
    [InlineData("city.kawasaki.jp", "city.kawasaki.jp", false)]
    public void An_address_or_a_companys_domain_is_an_entry(string text, string key, bool isAddress)
    {
        Assert.True(ListEntry.TryParse(text, out var entry, out var refusal));
        Assert.Equal((key, isAddress, ListEntryRefusal.None), (entry.Key, entry.IsAddress, refusal));
    }

    [Theory]
    [InlineData("com", ListEntryRefusal.PublicSuffix)]
    [InlineData("co.uk", ListEntryRefusal.PublicSuffix)]
    [InlineData("GitHub.io", ListEntryRefusal.PublicSuffix)]
    [InlineData("anything.ck", ListEntryRefusal.PublicSuffix)]
    [InlineData("公司.cn", ListEntryRefusal.PublicSuffix)]
    [InlineData("madeuptopleveldomain", ListEntryRefusal.PublicSuffix)]
    [InlineData("gmail.com", ListEntryRefusal.FreeMailDomain)]
    [InlineData("Outlook.com.", ListEntryRefusal.FreeMailDomain)]
    [InlineData("web.de", ListEntryRefusal.FreeMailDomain)]
    [InlineData("0-mail.com", ListEntryRefusal.FreeMailDomain)]
    [InlineData(null, ListEntryRefusal.Malformed)]
    [InlineData("", ListEntryRefusal.Malformed)]
    [InlineData("@acme.com", ListEntryRefusal.Malformed)]
    [InlineData("ann@", ListEntryRefusal.Malformed)]
    [InlineData("acme .com", ListEntryRefusal.Malformed)]
    [InlineData("https://acme.com/", ListEntryRefusal.Malformed)]
    [InlineData("10.0.0.1", ListEntryRefusal.Malformed)]
    [InlineData(".acme.com", ListEntryRefusal.Malformed)]
    public void What_would_cover_strangers_is_refused_with_the_reason(string? text, ListEntryRefusal reason)
    {
        Assert.False(ListEntry.TryParse(text, out var entry, out var refusal));
        Assert.Null(entry);
        Assert.Equal(reason, refusal);
    }

    [Theory]
    [InlineData(SenderKind.Unknown)]
    [InlineData(SenderKind.Automated)]
    public void Unknown_and_automated_cannot_be_listed(SenderKind kind)
    {
        Assert.False(SenderList.CanList(kind));
        Assert.Throws<ArgumentException>(() => A.List(("acme.com", kind)));
    }

    [Theory]
    [InlineData("+493012345", true)]
    [InlineData("+12345", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+1234", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("+0493012345", false)]
    [InlineData("493012345", false)]
    [InlineData("+49 3012345", false)]
    [InlineData("+49301234٥", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_number_is_an_entry_as_E164_writes_it(string? text, bool isNumber)
    {
        Assert.Equal(isNumber, ListEntry.TryParsePhone(text, out var entry));
        Assert.Equal(isNumber ? ListEntryKind.Phone : null, entry?.Kind);
        Assert.Equal(isNumber, ListEntry.TryParse(text, out var any, out _) && any.Kind == ListEntryKind.Phone);
    }
}
