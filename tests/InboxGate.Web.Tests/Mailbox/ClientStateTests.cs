using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Mailbox;

public sealed class ClientStateTests
{
    private const string Key = "the first key, long enough to sign with";
    private const string NextKey = "the second key, long enough to sign with";
    private static readonly RepKey Rep = new(Guid.Parse("11111111-1111-4111-8111-111111111111"), Guid.Parse("0f0e0d0c-0b0a-4009-8807-060504030201"));

    [Theory, InlineData("inbox"), InlineData("sentitems")]
    public void A_state_names_its_rep_and_fits_into_a_subscription(string folder)
    {
        var state = States(Key).Create(Rep, folder);

        Assert.True(States(Key).TryRead(state, out var rep));
        Assert.Equal(Rep, rep);
        Assert.InRange(state.Length, 1, 128);
    }

    [Fact]
    public void Two_states_of_one_mailbox_differ()
    {
        var states = States(Key);

        Assert.NotEqual(states.Create(Rep, "inbox"), states.Create(Rep, "inbox"));
    }

    [Fact]
    public void A_state_with_any_character_changed_is_refused()
    {
        var states = States(Key);
        var state = states.Create(Rep, "inbox");

        for (var i = 0; i < state.Length; i++)
        {
            // Changing a character's highest bit changes a byte, even in the last character, whose lowest bits are padding.
            var changed = state.ToCharArray();
            changed[i] = Flip(changed[i]);
            Assert.False(states.TryRead(new string(changed), out var rep), $"Character {i} may be changed.");
            Assert.Equal(default, rep);
        }
    }

    [Theory, InlineData(null), InlineData(""), InlineData("secret"), InlineData("====")]
    public void What_was_not_made_here_is_refused(string? state) => Assert.False(States(Key).TryRead(state, out _));

    [Fact]
    public void A_longer_or_shorter_state_is_refused()
    {
        var states = States(Key);
        var state = states.Create(Rep, "inbox");

        Assert.False(states.TryRead(state + "AAAA", out _));
        Assert.False(states.TryRead(state[..^4], out _));
        Assert.False(states.TryRead(new string('A', 100_000), out _));
    }

    [Fact]
    public void After_a_change_of_keys_the_one_before_still_holds_and_no_other()
    {
        var old = States(Key).Create(Rep, "inbox");

        Assert.True(States(NextKey, previous: Key).TryRead(old, out _));
        Assert.False(States(NextKey).TryRead(old, out _));
        Assert.True(States(NextKey).TryRead(States(NextKey, previous: Key).Create(Rep, "inbox"), out _));
    }

    private static char Flip(char letter)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return Alphabet[Alphabet.IndexOf(letter, StringComparison.Ordinal) ^ 32];
    }

    private static ClientState States(string key, string? previous = null) => new(Options.Create(new MailboxOptions
    {
        PublicAddress = new Uri("https://inboxgate.example"),
        ClientStateKey = key,
        PreviousClientStateKey = previous,
    }));
}
