using InboxGate.Core.Gates;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Gates;

public sealed class GateMakingTests
{
    [Theory]
    [InlineData("08:00", "08:00", 0)]
    [InlineData("07:59", "08:00", 0)]
    [InlineData("12:34", "12:34", 0)]
    [InlineData("16:59", "16:59", 0)]
    [InlineData("17:00", "08:00", 1)]
    [InlineData("23:59", "08:00", 1)]
    public void A_gate_opens_when_received_or_at_the_start_of_the_next_working_period(string received, string opened, int daysLater) =>
        Assert.Equal(A.At(opened, daysLater), GateMaking.OpenedAt(A.At(received), A.Calendar()));

    [Fact]
    public void Weekends_and_days_off_are_passed_over()
    {
        var friday = A.At("17:30", 4);

        Assert.Equal(A.At("08:00", 7), GateMaking.OpenedAt(friday, A.Calendar()));
        Assert.Equal(A.At("08:00", 8), GateMaking.OpenedAt(friday, A.Calendar(daysOff: A.Monday.AddDays(7))));
    }

    [Theory]
    [InlineData("23:00", 4, "23:00", 4)]
    [InlineData("05:59", 5, "05:59", 5)]
    [InlineData("06:00", 5, "22:00", 7)]
    [InlineData("02:00", 0, "22:00", 0)]
    [InlineData("02:00", 1, "02:00", 1)]
    public void A_shift_over_midnight_belongs_to_the_date_it_starts_on(string received, int day, string opened, int openedDay) =>
        Assert.Equal(A.At(opened, openedDay), GateMaking.OpenedAt(A.At(received, day), A.Calendar("22:00", "06:00")));

    [Fact]
    public void Without_a_working_day_a_gate_does_not_open_in_any_time_that_matters()
    {
        var calendar = A.Calendar(days: new HashSet<DayOfWeek>());

        Assert.True(GateMaking.OpenedAt(A.At("09:00"), calendar) > A.At("09:00", 700));
    }

    [Theory]
    [InlineData(SenderKind.Colleague, 3)]
    [InlineData(SenderKind.Customer, 3)]
    [InlineData(SenderKind.Other, 3)]
    [InlineData(SenderKind.Automated, 0)]
    [InlineData(SenderKind.Unknown, 0)]
    [InlineData(SenderKind.Vip, 0)]
    [InlineData(SenderKind.Prospect, 0)]
    public void Each_kind_has_its_number_by_default(SenderKind kind, int calls)
    {
        var verdict = new Verdict(kind, VerdictReason.ListedDomain, "acme.com");

        Assert.Equal(calls, GateMaking.CallsRequired(verdict, Policy.Default));
        Assert.Equal(calls, GateMaking.CallsRequired(verdict, Policy.Default with { CallsRequired = new Dictionary<SenderKind, int>() }));
        Assert.Equal(5, GateMaking.CallsRequired(
            verdict, Policy.Default with { CallsRequired = new Dictionary<SenderKind, int> { [kind] = 5 } }));
    }

    [Fact]
    public void The_reps_own_mail_never_asks_for_calls() =>
        Assert.Equal(0, GateMaking.CallsRequired(new Verdict(SenderKind.Colleague, VerdictReason.Self, "sam@contoso.com"), Policy.Default));
}
