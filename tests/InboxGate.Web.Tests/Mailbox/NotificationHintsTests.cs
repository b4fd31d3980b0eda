using System.Buffers;
using System.Text;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>What a body of notifications says, however it is cut and worded.</summary>
public sealed class NotificationHintsTests
{
    private static readonly RepKey Mira = new(Guid.Parse("11111111-1111-4111-8111-111111111111"), Guid.Parse("0f0e0d0c-0b0a-4009-8807-060504030201"));
    private static readonly RepKey Stranger = new(Guid.Parse("22222222-2222-4222-8222-222222222222"), Guid.Parse("1f1e1d1c-1b1a-4119-9817-161514131211"));
    private static readonly ClientState States = new(Options.Create(new MailboxOptions
    {
        PublicAddress = new Uri("https://inboxgate.example"),
        ClientStateKey = "a key for tests that is long enough to sign with",
    }));

    [Fact]
    public void Items_of_several_tenants_and_folders_stand_each_for_itself()
    {
        var read = Read(Body(Item(States.Create(Mira, "inbox")), Item("foreign"), Item(States.Create(Stranger, "sentitems"))));

        Assert.Equal([new(Mira, "inbox", LifecycleEvent.None), new(Stranger, "sentitems", LifecycleEvent.None)], read!.Ours);
        Assert.Equal((3, 1), (read.Items, read.Foreign));
    }

    [Theory]
    [InlineData("subscriptionRemoved", LifecycleEvent.SubscriptionRemoved)]
    [InlineData("reauthorizationRequired", LifecycleEvent.ReauthorizationRequired)]
    [InlineData("missed", LifecycleEvent.None)]
    [InlineData("somethingNew", LifecycleEvent.None)]
    public void A_lifecycle_event_is_told_with_its_folder(string word, LifecycleEvent expected)
    {
        var read = Read($$"""{"value":[{"lifecycleEvent":"{{word}}","clientState":"{{States.Create(Mira, "sentitems")}}"}]}""");

        Assert.Equal(new NotificationHint(Mira, "sentitems", expected), Assert.Single(read!.Ours));
    }

    [Fact]
    public void A_hundred_items_of_one_subscription_are_one_hint()
    {
        var state = States.Create(Mira, "inbox");

        var read = Read(Body([.. Enumerable.Repeat(Item(state), 100)]));

        Assert.Single(read!.Ours);
        Assert.Equal((100, 0), (read.Items, read.Foreign));
    }

    [Fact]
    public void An_escaped_state_is_the_same_state_and_unknown_members_do_not_matter()
    {
        var state = States.Create(Mira, "inbox");
        var escaped = string.Concat(state.Select(x => $"\\u{(int)x:x4}"));

        var read = Read($$"""{"@odata.context":{"a":[1,{"value":[]}]},"value":[{"resourceData":{"clientState":"no","id":[]},"clientState":"{{escaped}}","x":null}],"validationTokens":["y"]}""");

        Assert.Equal(Mira, Assert.Single(read!.Ours).Rep);
    }

    [Fact]
    public void Wherever_the_network_cuts_the_body_it_says_the_same()
    {
        var body = Encoding.UTF8.GetBytes(Body(Item(States.Create(Mira, "inbox")), Item(States.Create(Stranger, "inbox"))));

        for (var cut = 0; cut <= body.Length; cut++)
        {
            var first = new Segment(body.AsMemory(0, cut));
            var last = first.Then(body.AsMemory(cut));
            var read = NotificationHints.Read(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), States);
            Assert.Equal([Mira, Stranger], read!.Ours.Select(x => x.Rep));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"value\":[{}")]
    [InlineData("{\"value\":[{}]}}")]
    [InlineData("{\"value\":[{}]} trailing")]
    [InlineData("{\"value\":null}")]
    [InlineData("{\"values\":[]}")]
    [InlineData("{\"value\":[{\"clientState\":\"\\ud800\"}]}")]
    public void What_is_no_collection_of_notifications_says_nothing(string body) => Assert.Null(Read(body));

    [Fact]
    public void What_comes_after_good_items_spoils_them_too() =>
        Assert.Null(Read($$"""{"value":[{{Item(States.Create(Mira, "inbox"))}},]}"""));

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Null(Read($"{{\"value\":[{new string('[', 100_000)}{new string(']', 100_000)}]}}"));

    [Fact]
    public void More_items_allocate_nothing_more()
    {
        var state = States.Create(Mira, "inbox");
        var few = Encoding.UTF8.GetBytes(Body(Item(state)));
        var many = Encoding.UTF8.GetBytes(Body([.. Enumerable.Repeat(Item(state), 100)]));
        // The runtime itself allocates at a method's first calls.
        Assert.Equal(Allocated(many), Allocated(many));

        Assert.Equal(Allocated(few), Allocated(many));
    }

    private static long Allocated(byte[] body)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            NotificationHints.Read(new ReadOnlySequence<byte>(body), States);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static NotificationHints? Read(string body) => NotificationHints.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), States);

    private static string Body(params string[] items) => $"{{\"value\":[{string.Join(',', items)}]}}";

    private static string Item(string state) =>
        $$"""{"subscriptionId":"7f105c7d-2dc5-4530-97cd-4e7ae6534c07","clientState":"{{state}}","changeType":"created","resource":"Users/a/Messages/b","resourceData":{"id":"b"} }""";

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
