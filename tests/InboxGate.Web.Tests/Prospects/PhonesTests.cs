using InboxGate.Web.Prospects;

namespace InboxGate.Web.Tests.Prospects;

public sealed class PhonesTests
{
    [Theory]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("0049 151 12345678", "DE", "+4915112345678")]
    [InlineData("+49 (0)30 123456", null, "+4930123456")]
    [InlineData("tel:+49-30-123456;ext=5", null, "+4930123456")]
    [InlineData("(415) 555-2671 ext. 22", "US", "+14155552671")]
    [InlineData("+44 20 7946 0958", "US", "+442079460958")]
    [InlineData("＋４９３０１２３４５６", null, "+4930123456")]
    public void A_number_of_any_writing_is_one(string text, string? region, string e164)
    {
        Assert.True(Phones.TryParse(text, region, out var parsed));
        Assert.Equal(e164, parsed);
    }

    [Theory]
    [InlineData("030 123456", null)]
    [InlineData("030 123456", "XX")]
    [InlineData("ann@contoso.com", "DE")]
    [InlineData("12", "DE")]
    [InlineData("=1+1", "DE")]
    [InlineData("", "DE")]
    [InlineData(null, "DE")]
    [InlineData("+49 30 1234567890123456789012345678901234567890123456789012345678901", "DE")]
    public void Anything_else_is_none(string? text, string? region)
    {
        Assert.False(Phones.TryParse(text, region, out var parsed));
        Assert.Equal("", parsed);
    }

    [Fact]
    public void A_number_tells_where_it_may_be()
    {
        Assert.Equal(["Europe/Berlin"], Phones.ZonesOf("+4930123456"));
        Assert.True(Phones.ZonesOf("+18003569377").Count > 10);
        Assert.Empty(Phones.ZonesOf("+88212345678"));
    }

    [Theory]
    [InlineData("Europe/Berlin", "DE")]
    [InlineData("America/New_York", "US")]
    [InlineData("UTC", null)]
    public void A_time_zone_tells_the_country(string timeZone, string? region) => Assert.Equal(region, Phones.RegionOf(timeZone));

    [Fact]
    public void A_number_is_written_for_people() => Assert.Equal("+49 30 123456", Phones.Written("+4930123456"));
}
