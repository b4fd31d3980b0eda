using CsCheck;
using InboxGate.Core.Prospects;

namespace InboxGate.Core.Tests.Prospects;

public sealed class CallOrderTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly TimeZoneInfo Kathmandu = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu");

    private static CallCandidate Candidate(string entry, params TimeZoneInfo[] zones) =>
        new(entry, "Bea", "Fabrikam", "+4930123456", zones.Length == 0 ? [A.Berlin] : zones, A.At("08:00", -20));

    private static string[] Entries(string now, params CallCandidate[] candidates) =>
        [.. CallOrder.Choose(candidates, A.Calendar(), A.At(now), 10).Select(x => x.Who.Entry)];

    [Fact]
    public void Follow_ups_come_first_then_whom_nobody_contacted_then_the_longest_untouched()
    {
        CallCandidate[] candidates =
        [
            Candidate("called-yesterday") with { LastCalledAt = A.At("10:00", -3) },
            Candidate("called-long-ago") with { LastCalledAt = A.At("10:00", -12) },
            Candidate("mailed-longer-ago") with { LastMailedAt = A.At("10:00", -15) },
            Candidate("new") with { ListedAt = A.At("10:00", -1) },
            Candidate("listed-longer") with { ListedAt = A.At("10:00", -2) },
            Candidate("due-today") with { DueOn = A.Monday, LastCalledAt = A.At("10:00", -4) },
            Candidate("due-longer") with { DueOn = A.Monday.AddDays(-1), LastCalledAt = A.At("10:00", -5) },
        ];

        var calls = CallOrder.Choose(candidates, A.Calendar(), A.At("10:20"), 10);

        Assert.Equal(
            ["due-longer", "due-today", "listed-longer", "new", "mailed-longer-ago", "called-long-ago", "called-yesterday"],
            calls.Select(x => x.Who.Entry));
        Assert.Equal(
            [
                "Follow-up due 1 day ago; it is 10:20 there.",
                "Follow-up due today; it is 10:20 there.",
                "Not contacted yet; it is 10:20 there.",
                "Not contacted yet; it is 10:20 there.",
                "You wrote 15 days ago; it is 10:20 there.",
                "Not called for 12 days; it is 10:20 there.",
                "Not called for 3 days; it is 10:20 there.",
            ],
            calls.Select(NextCallWords.Because));
        Assert.Equal([1, 0, 2, 1, 15, 12, 3], calls.Select(x => x.Days));
    }

    [Theory]
    [InlineData("08:59", false)]
    [InlineData("09:00", true)]
    [InlineData("17:59", true)]
    [InlineData("18:00", false)]
    public void Nobody_is_called_outside_their_hours(string now, bool isOffered) =>
        Assert.Equal(isOffered ? ["bea"] : [], Entries(now, Candidate("bea")));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Nobody_is_called_at_the_weekend(int daysLater, bool isOffered) =>
        Assert.Equal(isOffered ? 1 : 0, CallOrder.Choose([Candidate("bea")], A.Calendar(), A.At("10:00", daysLater), 3).Count);

    /// <summary>New York is six hours behind Berlin, Kathmandu four and three quarters ahead.</summary>
    [Theory]
    [InlineData("14:59", false, false)]
    [InlineData("15:00", true, false)]
    [InlineData("13:14", false, true)]
    [InlineData("13:15", false, false)]
    public void It_must_be_daytime_in_every_zone_the_number_may_be_in(string now, bool isNewYorkOffered, bool isKathmanduOffered)
    {
        Assert.Equal(isNewYorkOffered ? ["bea"] : [], Entries(now, Candidate("bea", NewYork)));
        Assert.Equal(isKathmanduOffered ? ["bea"] : [], Entries(now, Candidate("bea", Kathmandu)));
        Assert.Empty(Entries(now, Candidate("bea", NewYork, Kathmandu)));
        Assert.Equal(isNewYorkOffered ? ["bea"] : [], Entries(now, Candidate("bea", A.Berlin, NewYork)));
    }

    [Fact]
    public void Without_a_known_zone_the_reps_own_counts()
    {
        var call = Assert.Single(CallOrder.Choose([Candidate("bea") with { Zones = [] }], A.Calendar(zone: NewYork), A.At("15:05"), 3));

        Assert.Equal((new TimeOnly(9, 5), NewYork), (call.LocalTime, call.Zone));
        Assert.Equal("Not contacted yet; it is 9:05 there.", NextCallWords.Because(call));
        Assert.Empty(CallOrder.Choose([Candidate("bea") with { Zones = [] }], A.Calendar(zone: NewYork), A.At("14:59"), 3));
    }

    [Fact]
    public void Whoever_may_not_be_called_is_not_offered()
    {
        Assert.Equal(
            ["other-number", "skipped-yesterday"],
            Entries(
                "10:00",
                Candidate("no-number") with { Phone = null },
                Candidate("do-not-call") with { DoNotCall = true },
                Candidate("never") with { Never = true },
                Candidate("skipped") with { SkippedOn = A.Monday },
                Candidate("skipped-yesterday") with { SkippedOn = A.Monday.AddDays(-1) },
                Candidate("later") with { DueOn = A.Monday.AddDays(1) },
                Candidate("wrong") with { WrongNumber = "+4930123456" },
                Candidate("other-number") with { WrongNumber = "+4930999999" },
                Candidate("called") with { LastCalledAt = A.At("00:00") }));
    }

    [Theory]
    [InlineData("23:59", -1, CallReason.FollowUpDue)]
    [InlineData("00:00", 0, null)]
    public void A_follow_up_is_settled_by_a_call_on_its_day(string time, int daysLater, CallReason? reason)
    {
        var calls = CallOrder.Choose([Candidate("bea") with { DueOn = A.Monday, LastCalledAt = A.At(time, daysLater) }], A.Calendar(), A.At("10:00"), 3);

        Assert.Equal(reason, calls.Count == 0 ? null : calls[0].Reason);
    }

    [Fact]
    public void A_settled_follow_up_waits_its_turn_again()
    {
        var settled = Candidate("bea") with { DueOn = A.Monday, LastCalledAt = A.At("10:00") };

        var call = Assert.Single(CallOrder.Choose([settled], A.Calendar(), A.At("10:00", 1), 3));

        Assert.Equal((CallReason.LongestUntouched, 1), (call.Reason, call.Days));
    }

    [Fact]
    public void The_order_of_the_candidates_does_not_matter()
    {
        var entries = new[] { "a", "b", "c", "d" };
        var instant = Gen.Int[-40, -1].Select(x => A.At("10:00", x)).Nullable();
        var candidate = Gen.Select(
            instant, instant, Gen.Int[-3, 3].Select(x => A.Monday.AddDays(x)).Nullable(), Gen.Bool,
            (called, mailed, due, never) => Candidate("") with { LastCalledAt = called, LastMailedAt = mailed, DueOn = due, Never = never });
        Gen.Select(candidate.Array[entries.Length], Gen.Shuffle(entries.Select((_, i) => i).ToArray())).Sample((candidates, order) =>
        {
            var named = candidates.Select((x, i) => x with { Entry = entries[i] }).ToArray();

            var one = CallOrder.Choose(named, A.Calendar(), A.At("10:00"), 3);
            var other = CallOrder.Choose(order.Select(x => named[x]), A.Calendar(), A.At("10:00"), 3);

            Assert.Equal(one.Select(x => (x.Who.Entry, x.Reason)), other.Select(x => (x.Who.Entry, x.Reason)));
            Assert.Equal(one.Select(x => x.Reason).Order(), one.Select(x => x.Reason));
            Assert.DoesNotContain(one, x => x.Who.Never || x.Who.DueOn > A.Monday);
        });
    }
}
