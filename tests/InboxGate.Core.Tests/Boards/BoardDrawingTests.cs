using InboxGate.Core.Boards;
using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;

namespace InboxGate.Core.Tests.Boards;

public sealed class BoardDrawingTests
{
    [Fact]
    public void A_day_is_drawn_whole()
    {
        var facts = A.Facts(A.Gate(openedAt: A.At("08:30"))) with
        {
            Calls = [A.Call(1, A.At("08:40"), CallOutcome.Meeting), A.Call(2, A.At("08:20")) with { Evidence = CallEvidence.Verified }],
            EmailsToday = [A.At("08:10"), A.At("23:00", -1)],
            Targets = [A.Target(400)],
            DoneBefore = new Dictionary<DateOnly, DayCounts> { [A.Monday.AddDays(-3)] = new(310, 0, 0) },
            ClosedDays = [new ClosedDay(A.Monday.AddDays(-3), new DayCounts(19, 0, 0), 19)],
            WaiversToday = 1,
        };

        var board = BoardDrawing.Draw(facts, A.At("08:45"));

        Assert.Equal((7, A.At("08:45")), (board.Revision, board.AsOf));
        Assert.Equal(new BoardGate(true, null), board.Gate);
        Assert.Equal(new BoardToday(A.Monday, "Europe/Berlin", true, A.At("08:00"), A.At("17:00")), board.Today);
        Assert.Equal(new BoardCounts(2, 1, 1, 1, 0), board.Counts);
        Assert.Equal(new BoardGoals(19, 0, 0), board.Goals);
        Assert.Equal(
            [
                new BoardCheckpoint("morning", "9:00", A.At("09:00"), TargetUnit.Calls, 6, CheckpointState.Next),
                new BoardCheckpoint("lunch", "12:00", A.At("12:00"), TargetUnit.Calls, 15, CheckpointState.Later),
                new BoardCheckpoint("leaving", "16:30", A.At("16:30"), TargetUnit.Calls, 19, CheckpointState.Later),
            ],
            board.Checkpoints);
        Assert.Equal(new BoardNextStep(NextStepKind.Gate, TargetUnit.Calls, 2, null), board.NextStep);
        Assert.Equal(new BoardWaivers(1, 1), board.Waivers);
        Assert.Equal(
            new BoardTarget(TargetUnit.Calls, TargetPeriod.Month, 400, new DateOnly(2026, 1, 1), 310, 90, 6, 19, true),
            Assert.Single(board.Targets));
        Assert.Equal(1, board.Streak);
        Assert.Equal(A.At("09:00"), board.NextChangeAt);
        var row = Assert.Single(board.Gates);
        Assert.Equal((3, 2, GateState.Pending), (row.CallsRequired, row.CallsRemaining, row.State));
        Assert.Equal("Ann is a colleague (contoso.com).", row.Because);
        Assert.Equal("Lunch?", row.Subject);
    }

    [Theory]
    [InlineData("08:00", true, false, false, WatchState.Watching, null)]
    [InlineData("07:59", true, false, false, WatchState.Watching, GateOffReason.OffHours)]
    [InlineData("17:00", true, false, false, WatchState.Watching, GateOffReason.OffHours)]
    [InlineData("07:59", true, false, true, WatchState.Watching, GateOffReason.OutOfOffice)]
    [InlineData("09:00", true, false, true, WatchState.Watching, GateOffReason.OutOfOffice)]
    [InlineData("09:00", true, false, true, WatchState.NotWatching, GateOffReason.NotWatching)]
    [InlineData("09:00", true, false, false, WatchState.MailboxUnreachable, GateOffReason.MailboxUnreachable)]
    [InlineData("09:00", true, true, false, WatchState.MailboxUnreachable, GateOffReason.Paused)]
    [InlineData("09:00", false, false, false, WatchState.Watching, GateOffReason.Paused)]
    public void The_gate_says_why_it_is_off(string now, bool on, bool paused, bool away, WatchState watch, GateOffReason? why)
    {
        var facts = A.Facts(A.Gate(openedAt: A.At("16:00", -3))) with
        {
            GateOn = on, PausedUntil = paused ? A.At("09:01") : A.At("07:00"), OutOfOffice = away, Watch = watch,
        };

        var board = BoardDrawing.Draw(facts, A.At(now));

        Assert.Equal(new BoardGate(why is null, why), board.Gate);
        Assert.Equal(now != "17:00", board.Gates.Any(x => x.State == GateState.Pending));
        Assert.NotEqual(why is null, board.NextStep.Kind != NextStepKind.Gate);
    }

    [Fact]
    public void Prospects_called_today_count_once_each()
    {
        var facts = A.Facts() with
        {
            Calls =
            [
                A.Call(1, A.At("08:10")) with { Prospect = "bea@fabrikam.com" },
                A.Call(2, A.At("08:20")) with { Prospect = "bea@fabrikam.com" },
                A.Call(3, A.At("08:30")) with { Prospect = "+4930123456" },
                A.Call(4, A.At("08:40")),
                A.Call(5, A.At("08:40", -1)) with { Prospect = "zoe@fabrikam.com" },
            ],
        };

        Assert.Equal(new BoardCounts(4, 0, 0, 0, 2), BoardDrawing.Draw(facts, A.At("08:45")).Counts);
    }

    [Fact]
    public void A_pause_ends_by_itself()
    {
        var facts = A.Facts() with { PausedUntil = A.At("09:30") };

        Assert.Equal(A.At("09:30"), BoardDrawing.Draw(facts, A.At("09:15")).NextChangeAt);
        Assert.False(BoardDrawing.Draw(facts, A.At("09:29")).Gate.On);
        Assert.True(BoardDrawing.Draw(facts, A.At("09:30")).Gate.On);
    }

    [Fact]
    public void Automatic_replies_end_by_themselves()
    {
        var facts = A.Facts() with { OutOfOffice = true, OutOfOfficeChangesAt = A.At("08:45") };

        Assert.Equal(A.At("08:45"), BoardDrawing.Draw(facts, A.At("08:30")).NextChangeAt);
    }

    [Fact]
    public void Gates_closed_today_stay_without_sender_and_subject_and_older_ones_are_gone()
    {
        var facts = A.Facts(
            A.Gate(3, A.At("09:30")),
            A.Gate(2, A.At("09:00"), waivedAt: A.At("09:10")) with { Match = "ann@contoso.com", Reason = VerdictReason.ListedAddress },
            A.Gate(6, A.At("09:40"), waivedAt: A.At("09:50")) with { Match = "/O=EX/CN=ANN" },
            A.Gate(1, A.At("09:00"), answeredAt: A.At("09:20")),
            A.Gate(4, A.At("16:00", -3), releasedAt: A.At("16:30", -3)),
            A.Gate(5, A.At("14:00")));

        var rows = BoardDrawing.Draw(facts, A.At("10:00")).Gates;

        Assert.Equal([A.Id(1), A.Id(2), A.Id(3), A.Id(6)], rows.Select(x => x.Id));
        Assert.Equal([GateState.Answered, GateState.Waived, GateState.Pending, GateState.Waived], rows.Select(x => x.State));
        Assert.Equal([true, true, false, true], rows.Select(x => x.From is null && x.Subject is null));
        Assert.Equal(["contoso.com", null, "contoso.com", null], rows.Select(x => x.Match));
        Assert.DoesNotContain("ann", rows[1].Because, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_board_changes_when_a_waiting_gate_opens()
    {
        var facts = A.Facts(A.Gate(openedAt: A.At("09:10")));

        Assert.Equal(A.At("09:10"), BoardDrawing.Draw(facts, A.At("09:05")).NextChangeAt);
        Assert.Empty(BoardDrawing.Draw(facts, A.At("09:05")).Gates);
        Assert.Single(BoardDrawing.Draw(facts, A.At("09:10")).Gates);
    }

    [Theory]
    [InlineData("00:00", 0, "08:00", 0)]
    [InlineData("08:00", 0, "09:00", 0)]
    [InlineData("09:00", 0, "12:00", 0)]
    [InlineData("12:00", 0, "16:30", 0)]
    [InlineData("16:30", 0, "17:00", 0)]
    [InlineData("17:00", 0, "00:00", 1)]
    [InlineData("17:00", 5, "00:00", 6)]
    public void Something_is_drawn_anew_at_each_turn_of_the_day(string now, int day, string next, int nextDay) =>
        Assert.Equal(A.At(next, nextDay), BoardDrawing.Draw(A.Facts(), A.At(now, day)).NextChangeAt);

    [Fact]
    public void A_day_off_has_no_goal_no_checkpoint_and_no_hours()
    {
        var facts = A.Facts() with { Targets = [A.Target(400), A.Target(20, TargetPeriod.Day)] };

        var board = BoardDrawing.Draw(facts, A.At("10:00", 5));

        Assert.Equal(new BoardToday(A.Monday.AddDays(5), "Europe/Berlin", false, null, null), board.Today);
        Assert.Equal(new BoardGoals(0, 0, 0), board.Goals);
        Assert.Empty(board.Checkpoints);
        Assert.Equal(NextStepKind.OffHours, board.NextStep.Kind);
        Assert.Equal(GateOffReason.OffHours, board.Gate.Why);
    }

    [Fact]
    public void Emails_have_checkpoints_once_they_have_a_goal()
    {
        var facts = A.Facts() with { Targets = [A.Target(10, TargetPeriod.Day, TargetUnit.Emails)], Plan = new RepPlan(null, 0) };

        var board = BoardDrawing.Draw(facts, A.At("08:30"));

        Assert.Equal([3, 8, 10], board.Checkpoints.Where(x => x.Unit == TargetUnit.Emails).Select(x => x.Due));
        Assert.Equal(new BoardNextStep(NextStepKind.Checkpoint, TargetUnit.Emails, 3, A.At("09:00")), board.NextStep);
    }

    [Fact]
    public void The_days_goal_frees_the_inbox_at_the_call_that_meets_it()
    {
        var facts = A.Facts(A.Gate(1, A.At("09:00"), 5), A.Gate(2, A.At("09:20"), 5)) with
        {
            Targets = [A.Target(2, TargetPeriod.Day)], Plan = new RepPlan(null, 0),
            Calls = A.Calls("08:30", "09:10"),
        };

        var rows = BoardDrawing.Draw(facts, A.At("10:00")).Gates;

        Assert.Equal([(GateState.Earned, A.At("09:10")), (GateState.Earned, A.At("09:20"))], rows.Select(x => (x.State, x.EarnedAt!.Value)));
        Assert.All(rows, x => Assert.Equal(0, x.CallsRemaining));
        Assert.All(
            BoardDrawing.Draw(facts with { Calls = A.Calls("08:30") }, A.At("10:00")).Gates, x => Assert.Equal(GateState.Pending, x.State));
    }

    [Theory]
    [InlineData(419, GateState.Pending)]
    [InlineData(420, GateState.Earned)]
    public void An_aim_reached_before_today_frees_the_inbox(int done, GateState state)
    {
        var facts = A.Facts(A.Gate()) with
        {
            Targets = [A.Target(400)],
            DoneBefore = new Dictionary<DateOnly, DayCounts> { [A.Monday.AddDays(-3)] = new(done, 0, 0) },
        };

        Assert.Equal(state, Assert.Single(BoardDrawing.Draw(facts, A.At("10:00")).Gates).State);
    }

    [Fact]
    public void Without_a_target_the_inbox_is_never_free()
    {
        var facts = A.Facts(A.Gate(callsRequired: 99)) with { Calls = [.. Enumerable.Range(0, 98).Select(x => A.Call(x, A.At("09:30")))] };

        Assert.Equal(GateState.Pending, Assert.Single(BoardDrawing.Draw(facts, A.At("10:00")).Gates).State);
        Assert.Equal(GateState.Pending, Assert.Single(BoardDrawing.Draw(facts with { Targets = [A.Target(0)] }, A.At("10:00")).Gates).State);
    }

    [Theory]
    [InlineData(20, 20, GateState.Earned)]
    [InlineData(21, 20, GateState.Earned)]
    [InlineData(19, 20, GateState.Pending)]
    [InlineData(19, 0, GateState.Pending)]
    public void The_goal_of_a_finished_day_freed_that_days_gates(int done, int goal, GateState state)
    {
        var tuesday = A.Monday.AddDays(1);
        var facts = A.Facts(A.Gate(openedAt: A.At("15:00"))) with
        {
            Calls = [A.Call(1, A.At("15:30"))],
            ClosedDays = [new ClosedDay(A.Monday, new DayCounts(done, 0, 0), goal)],
        };

        var row = Assert.Single(BoardDrawing.Draw(facts, A.At("10:00", 1)).Gates);

        Assert.Equal(state, row.State);
        Assert.Equal(tuesday, BoardDrawing.Draw(facts, A.At("10:00", 1)).Today.Date);
        Assert.Equal(state == GateState.Pending ? null : done == 20 ? A.At("15:30") : A.At("15:00"), row.EarnedAt);
    }

    [Fact]
    public void A_call_dated_by_a_fast_clock_counts_at_once_and_one_far_ahead_does_not()
    {
        var facts = A.Facts(A.Gate(callsRequired: 1)) with { Calls = [A.Call(1, A.At("10:01"))] };

        var board = BoardDrawing.Draw(facts, A.At("10:00"));

        Assert.Equal((1, GateState.Earned), (board.Counts.Calls, board.Gates[0].State));
        Assert.Equal(0, BoardDrawing.Draw(facts, A.At("10:00").AddTicks(-1)).Counts.Calls);
    }

    [Fact]
    public void Emergency_answers_run_out_and_waivers_go_on() =>
        Assert.Equal(new BoardWaivers(5, 0), BoardDrawing.Draw(A.Facts() with { WaiversToday = 5 }, A.At("10:00")).Waivers);

    [Fact]
    public void A_night_shift_keeps_its_board_over_midnight()
    {
        var facts = A.Facts(A.Gate(openedAt: A.At("23:00"))) with
        {
            Calendar = A.Calendar("22:00", "06:00"),
            Calls = [A.Call(1, A.At("23:30")), A.Call(2, A.At("00:30", 1))],
            Targets = [A.Target(20, TargetPeriod.Day)],
        };

        var board = BoardDrawing.Draw(facts, A.At("02:00", 1));

        Assert.Equal(new BoardToday(A.Monday, "Europe/Berlin", true, A.At("22:00"), A.At("06:00", 1)), board.Today);
        Assert.True(board.Gate.On);
        Assert.Equal((2, 21), (board.Counts.Calls, board.Goals.Calls));
        Assert.Equal(A.At("05:30", 1), board.NextChangeAt);
    }

    [Fact]
    public void A_windows_zone_is_named_as_every_client_knows_it()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time");

        Assert.Equal("Europe/Berlin", BoardDrawing.Draw(A.Facts() with { Calendar = A.Calendar(zone: zone) }, A.At("10:00")).Today.TimeZone);
    }

    [Fact]
    public void Calls_are_needed_from_the_start_of_today_or_the_oldest_gate()
    {
        Assert.Equal(A.At("00:00"), BoardNeeds.CallsFrom([A.Gate()], A.Calendar(), A.At("10:00")));
        Assert.Equal(A.At("16:00", -3), BoardNeeds.CallsFrom([A.Gate(openedAt: A.At("16:00", -3))], A.Calendar(), A.At("10:00")));
    }
}
