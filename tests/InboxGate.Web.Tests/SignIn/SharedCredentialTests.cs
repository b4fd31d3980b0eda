using Azure.Core;
using Azure.Identity;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace InboxGate.Web.Tests.SignIn;

public sealed class SharedCredentialTests
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task However_many_wait_the_token_is_asked_for_once()
    {
        var entra = new Entra(time);
        using var credential = new SharedCredential(() => entra, TimeSpan.FromMinutes(1), time);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AskAsync(credential)));

        Assert.Equal(1, entra.Asked);
        Assert.Single(tokens.Distinct());
    }

    [Fact]
    public async Task A_refusal_stands_for_a_while_and_then_the_credential_is_made_anew()
    {
        var made = 0;
        var entra = new Entra(time) { IsRefusing = true };
        using var credential = new SharedCredential(
            () =>
            {
                made++;
                return entra;
            },
            TimeSpan.FromSeconds(1),
            time);
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => AskAsync(credential));
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => AskAsync(credential));
        Assert.Equal(1, entra.Asked);

        entra.IsRefusing = false;
        time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal("token 2", await AskAsync(credential));
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task The_pause_after_refusals_grows()
    {
        var entra = new Entra(time) { IsRefusing = true };
        using var credential = new SharedCredential(() => entra, TimeSpan.FromMinutes(1), time);
        for (var tenths = 0; tenths < 60; tenths++)
        {
            await Assert.ThrowsAsync<AuthenticationFailedException>(() => AskAsync(credential));
            time.Advance(TimeSpan.FromSeconds(0.1));
        }

        // At once, after one second, after two more; the next after four.
        Assert.Equal(3, entra.Asked);
    }

    [Fact]
    public async Task A_challenge_is_answered_with_a_token_of_its_own_once_for_all_who_met_it()
    {
        var entra = new Entra(time);
        using var credential = new SharedCredential(() => entra, TimeSpan.FromMinutes(1), time);
        var before = await AskAsync(credential);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(credential, claims: """{"access_token":{}}""")));

        Assert.Equal(2, entra.Asked);
        Assert.NotEqual(before, Assert.Single(answers.Distinct()));
        // What was asked for later is a new challenge, which the token at hand did not meet.
        time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(credential, claims: """{"access_token":{}}""");
        Assert.Equal(3, entra.Asked);
    }

    [Fact]
    public async Task While_Entra_is_out_of_order_a_token_is_good_to_its_very_end()
    {
        var entra = new Entra(time);
        using var credential = new SharedCredential(() => entra, TimeSpan.FromSeconds(1), time);
        var token = await AskAsync(credential);
        entra.IsRefusing = true;

        time.Advance(TimeSpan.FromMinutes(57));
        Assert.Equal(token, await AskAsync(credential));
        Assert.Equal(2, entra.Asked);

        time.Advance(TimeSpan.FromMinutes(3));
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => AskAsync(credential));
    }

    [Fact]
    public async Task A_token_that_Graph_refuses_is_asked_for_anew_but_not_at_each_refusal()
    {
        var entra = new Entra(time);
        using var credential = new SharedCredential(() => entra, TimeSpan.FromMinutes(1), time);
        await AskAsync(credential);
        credential.Distrust();
        Assert.Equal("token 1", await AskAsync(credential));

        time.Advance(TimeSpan.FromSeconds(20));
        credential.Distrust();

        Assert.Equal("token 2", await AskAsync(credential));
    }

    [Fact]
    public async Task Without_a_key_that_can_be_read_the_app_is_not_signed_in()
    {
        using var credential = new SharedCredential(() => throw new FileNotFoundException("gone"), TimeSpan.FromMinutes(1), time);

        var failure = await Assert.ThrowsAsync<AuthenticationFailedException>(() => AskAsync(credential));

        Assert.Equal(Web.Mailbox.MailboxProblem.SecretExpired, Web.Mailbox.MailboxProblem.Of(failure));
    }

    private static async Task<string> AskAsync(SharedCredential credential, string? claims = null) => (await credential.GetTokenAsync(
        new TokenRequestContext(["https://graph.microsoft.com/.default"], claims: claims), TestContext.Current.CancellationToken)).Token;

    private sealed class Entra(TimeProvider time) : TokenCredential
    {
        private int asked;

        public int Asked => asked;

        public bool IsRefusing { get; set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref asked);
            await Task.Yield();
            return IsRefusing
                ? throw new AuthenticationFailedException("Refused, in this test.")
                : new AccessToken($"token {number}", time.GetUtcNow() + TimeSpan.FromHours(1));
        }
    }
}
