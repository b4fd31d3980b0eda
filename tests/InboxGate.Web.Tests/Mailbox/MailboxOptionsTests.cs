using System.ComponentModel.DataAnnotations;
using InboxGate.Web.Mailbox;

namespace InboxGate.Web.Tests.Mailbox;

public sealed class MailboxOptionsTests
{
    [Fact]
    public void Address_and_key_are_enough() => Assert.Empty(Problems());

    [Theory]
    [InlineData("http://graph.example/v1.0", "Mailbox:GraphBaseAddress")]
    [InlineData("ftp://graph.example/v1.0", "Mailbox:GraphBaseAddress")]
    [InlineData("/v1.0", "Mailbox:GraphBaseAddress")]
    public void A_token_is_sent_over_https_only(string graph, string named) =>
        Assert.Contains(named, Assert.Single(Problems(graph: graph)), StringComparison.Ordinal);

    [Theory, InlineData("http://localhost:5090/v1.0"), InlineData("http://127.0.0.1:5090/v1.0")]
    public void Or_to_the_machine_itself(string graph) => Assert.Empty(Problems(graph: graph));

    [Fact]
    public void A_short_key_is_named() =>
        Assert.Contains("Mailbox:ClientStateKey", Assert.Single(Problems(key: "thirty-one characters, not more")), StringComparison.Ordinal);

    [Theory, InlineData("00:00:00.5"), InlineData("01:00:01")]
    public void An_interval_out_of_range_is_refused(string interval) =>
        Assert.Contains("Mailbox:SweepInterval", Assert.Single(Problems(sweep: interval)), StringComparison.Ordinal);

    [Fact]
    public void An_address_that_nobody_can_post_to_is_refused() =>
        Assert.Contains("Mailbox:PublicAddress", Assert.Single(Problems(address: "mailto:ann@contoso.com")), StringComparison.Ordinal);

    [Fact]
    public void Resilience_has_defaults_within_its_ranges() => Assert.Empty(Problems(new ResilienceOptions()));

    [Fact]
    public void What_is_out_of_range_is_named_each_by_itself()
    {
        var problems = Problems(new ResilienceOptions { Retries = 6, MailboxConcurrency = 5, FailureRatio = 0.01, BreakDuration = TimeSpan.FromHours(1) });

        Assert.Equal(4, problems.Count);
        Assert.All(
            ["Retries", "MailboxConcurrency", "FailureRatio", "BreakDuration"],
            name => Assert.Single(problems, x => x.Contains($"Mailbox:Resilience:{name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void All_tries_together_may_not_end_before_the_first_one() =>
        Assert.Contains("TotalTimeout", Assert.Single(Problems(new ResilienceOptions { AttemptTimeout = TimeSpan.FromSeconds(20), TotalTimeout = TimeSpan.FromSeconds(10) })), StringComparison.Ordinal);

    private static List<string> Problems(
        string graph = "https://graph.microsoft.com/v1.0", string address = "https://inboxgate.example",
        string key = "a key that has thirty-two characters", string sweep = "00:01:00")
    {
        var options = new MailboxOptions
        {
            GraphBaseAddress = new Uri(graph, UriKind.RelativeOrAbsolute),
            PublicAddress = new Uri(address),
            ClientStateKey = key,
            SweepInterval = TimeSpan.Parse(sweep, System.Globalization.CultureInfo.InvariantCulture),
        };
        return Problems(options);
    }

    private static List<string> Problems(object options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return [.. problems.Select(x => x.ErrorMessage!)];
    }
}
