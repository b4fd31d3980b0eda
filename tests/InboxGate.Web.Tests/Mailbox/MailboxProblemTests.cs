using InboxGate.Web.Mailbox;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace InboxGate.Web.Tests.Mailbox;

public sealed class MailboxProblemTests
{
    public static TheoryData<string> Codes =>
    [
        MailboxProblem.ConsentMissing, MailboxProblem.AccessDenied, MailboxProblem.MailboxNotFound, MailboxProblem.SecretExpired, MailboxProblem.TokenRefused,
        MailboxProblem.SignInNeeded, MailboxProblem.SignInRefused, MailboxProblem.GraphUnavailable, MailboxProblem.WatchFailed,
    ];

    [Theory, MemberData(nameof(Codes))]
    public void Each_has_words_for_the_administrator_and_for_the_rep(string code)
    {
        var words = MailboxProblem.Explain(code);

        Assert.StartsWith("Gate is off: ", words.ForRep, StringComparison.Ordinal);
        Assert.NotEmpty(words.ForAdministrator);
        Assert.Single(Codes, x => MailboxProblem.Explain(x) == words);
    }

    [Fact]
    public void Throttling_leaves_the_gate_on() =>
        Assert.DoesNotContain("off", MailboxProblem.Explain(MailboxProblem.Throttled).ForRep, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData(401, null, MailboxProblem.SignInRefused)]
    [InlineData(403, "authorization_requestdenied", MailboxProblem.ConsentMissing)]
    [InlineData(403, "ErrorAccessDenied", MailboxProblem.AccessDenied)]
    [InlineData(403, "insufficient_claims", MailboxProblem.SignInNeeded)]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", MailboxProblem.MailboxNotFound)]
    [InlineData(429, null, MailboxProblem.Throttled)]
    [InlineData(500, null, MailboxProblem.GraphUnavailable)]
    [InlineData(503, null, MailboxProblem.GraphUnavailable)]
    public void An_answer_of_Graph_is_told_by_its_status_and_then_its_code(int status, string? code, string problem) =>
        Assert.Equal(problem, MailboxProblem.Of(new ODataError { ResponseStatusCode = status, Error = new MainError { Code = code } }));

    [Theory, InlineData("""{"access_token":{"nbf":{"essential":true}}}"""), InlineData("""{"a":1}"""), InlineData("""{"ab":1}""")]
    public void A_challenge_needs_a_sign_in_with_its_claims(string claims)
    {
        var challenge = $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(claims)).TrimEnd('=')}\"";
        var failure = new ApiException { ResponseStatusCode = 401, ResponseHeaders = new Dictionary<string, IEnumerable<string>> { ["www-authenticate"] = [challenge] } };

        Assert.Equal(MailboxProblem.SignInNeeded, MailboxProblem.Of(failure));
        Assert.Equal(claims, MailboxProblem.ClaimsOf(failure));
    }

    [Fact]
    public void A_refusal_without_a_challenge_asks_for_no_claims() =>
        Assert.Null(MailboxProblem.ClaimsOf(new ApiException { ResponseStatusCode = 401, ResponseHeaders = new Dictionary<string, IEnumerable<string>> { ["WWW-Authenticate"] = ["Bearer realm=\"\""] } }));

    public static TheoryData<Exception> NoAnswers =>
    [
        new HttpRequestException("no connection"), new IOException("broken off"), new TimeoutRejectedException(), new BrokenCircuitException(),
        new System.Text.Json.JsonException("half an answer"), new AggregateException(new IOException("one in many")),
    ];

    [Theory, MemberData(nameof(NoAnswers))]
    public void No_answer_is_a_service_that_is_not_there(Exception failure) => Assert.Equal(MailboxProblem.GraphUnavailable, MailboxProblem.Of(failure));

    [Fact]
    public void What_we_cancel_or_get_wrong_is_no_problem_of_the_mailbox()
    {
        Assert.Null(MailboxProblem.Of(new OperationCanceledException()));
        Assert.Null(MailboxProblem.Of(new InvalidOperationException("a mistake of ours")));
    }

    [Fact]
    public void An_open_circuit_says_when_it_lets_a_request_through() =>
        Assert.Equal(TimeSpan.FromSeconds(3), RetryAfter.Of(new InvalidOperationException("wrapped", new BrokenCircuitException("open", TimeSpan.FromSeconds(3)))));
}
