using System.Globalization;
using InboxGate.Web.Mailbox;

namespace InboxGate.Web.Tests.Mailbox;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("86400", 3600)]
    [InlineData("Thu, 01 Jan 1998 00:00:00 GMT", 0)]
    public void Seconds_and_dates_are_understood_within_an_hour(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Of(Headers(text)));

    [Fact]
    public void A_date_ahead_is_waited_for()
    {
        var wait = RetryAfter.Of(Headers(TimeProvider.System.GetUtcNow().AddSeconds(90).ToString("R", CultureInfo.InvariantCulture)));

        Assert.InRange(wait!.Value.TotalSeconds, 60, 90);
    }

    [Theory, InlineData("soon"), InlineData("-5"), InlineData("")]
    public void What_is_neither_leaves_our_own_pace(string text) => Assert.Null(RetryAfter.Of(Headers(text)));

    [Fact]
    public void Without_the_header_our_own_pace_holds() => Assert.Null(RetryAfter.Of(new Dictionary<string, IEnumerable<string>>()));

    private static Dictionary<string, IEnumerable<string>> Headers(string text) => new() { ["retry-after"] = [text] };
}
