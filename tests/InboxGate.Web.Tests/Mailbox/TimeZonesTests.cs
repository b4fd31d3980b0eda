using InboxGate.Web.Mailbox;

namespace InboxGate.Web.Tests.Mailbox;

public sealed class TimeZonesTests
{
    [Theory]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("Eastern Standard Time", "America/New_York")]
    [InlineData("Europe/Zurich", "Europe/Zurich")]
    [InlineData("Australia/Lord_Howe", "Australia/Lord_Howe")]
    [InlineData("Customized Time Zone", null)]
    [InlineData("tzone://Microsoft/Custom", null)]
    [InlineData(" ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_name_of_either_kind_becomes_an_IANA_name(string? name, string? expected) => Assert.Equal(expected, TimeZones.Resolve(name));

    [Theory]
    [InlineData(60, 60, 3, 10, "Europe/Berlin")]
    [InlineData(-300, 60, 3, 11, "America/New_York")]
    [InlineData(600, 60, 10, 4, "Australia/Sydney")]
    [InlineData(60, 0, 0, 0, "Etc/GMT-1")]
    [InlineData(-420, 0, 0, 0, "Etc/GMT+7")]
    [InlineData(0, 0, 0, 0, "Etc/UTC")]
    public void A_zone_without_a_name_gets_that_of_one_like_it(int offset, int saving, int summer, int winter, string expected) =>
        Assert.Equal(expected, TimeZones.Resembling(Custom(offset, saving, summer, winter)));

    [Theory]
    [InlineData(345)]
    [InlineData(330)]
    [InlineData(-570)]
    public void A_zone_of_odd_minutes_keeps_its_offset(int offset)
    {
        var name = TimeZones.Resembling(Custom(offset, 0, 0, 0));

        Assert.NotNull(name);
        Assert.Equal(TimeSpan.FromMinutes(offset), TimeZoneInfo.FindSystemTimeZoneById(name).GetUtcOffset(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_zone_like_none_on_earth_is_not_guessed() => Assert.Null(TimeZones.Resembling(Custom(17, 0, 0, 0)));

    private static CustomZone Custom(int offset, int saving, int summer, int winter) =>
        new(TimeSpan.FromMinutes(offset), TimeSpan.FromMinutes(saving), summer, winter);
}
