using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Senders;

public sealed class PublicSuffixesTests
{
    [Theory]
    [InlineData("com", null)]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("b.c.mm", "b.c.mm")]
    [InlineData("c.mm", null)]
    [InlineData("a.b.c.mm", "b.c.mm")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("test.ck", null)]
    [InlineData("b.test.ck", "b.test.ck")]
    [InlineData("city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("c.kobe.jp", null)]
    [InlineData("kobe.jp", "kobe.jp")]
    [InlineData("test.k12.ak.us", "test.k12.ak.us")]
    [InlineData("k12.ak.us", null)]
    [InlineData("食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("shishi.公司.cn", "shishi.xn--55qx5d.cn")]
    [InlineData("XN--55QX5D.cn", null)]
    [InlineData("user.github.io", "user.github.io")]
    [InlineData("github.io", null)]
    [InlineData("EXAMPLE.Co.Uk.", "example.co.uk")]
    [InlineData("madeuptopleveldomain", null)]
    [InlineData("a.example.madeuptopleveldomain", "example.madeuptopleveldomain")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_registrable_domain_follows_both_sections_with_wildcards_and_exceptions(string? domain, string? registrable) =>
        Assert.Equal(registrable, PublicSuffixes.RegistrableDomain(domain));

    [Theory]
    [InlineData("co.uk", true)]
    [InlineData("acme.co.uk", false)]
    [InlineData("GITHUB.io.", true)]
    [InlineData("", false)]
    public void A_public_suffix_is_known(string domain, bool suffix) => Assert.Equal(suffix, PublicSuffixes.IsPublicSuffix(domain));
}
