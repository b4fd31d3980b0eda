using InboxGate.Core.Calls;
using InboxGate.Core.Gates;
using InboxGate.Core.Plan;
using InboxGate.Core.Senders;
using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Storage;

namespace InboxGate.Web.Boards;

/// <summary>The rows that a board is drawn from, as whole as EF Core reads them: each with its columns, and read in their order.</summary>
public static class FactRows
{
    public const string RepColumns =
        """
        r."TenantId", r."RepId", r."Revision", r."EnrolledAt", r."Name", r."Addresses", r."ManagerId", r."ManagerAddress", r."AssignedManagerId",
        r."TimeZone", r."WorkStart", r."WorkEnd", r."WorkDays", r."AutomaticReplies", r."AutomaticRepliesFrom", r."AutomaticRepliesUntil",
        r."Watch", r."WatchProblem", r."WatchProblemSince", r."ClaimsChallenge", r."Assumed", r."MarksProblem", r."WatchedBy", r."WatchedUntil",
        r."LeftAt", r."ProfileReadAt", r."ErasingAt", r."DetailsSince", r."DetailsCheckedAt", r."ClosedThrough", r."ClosedUntil"
        """;

    public const string PolicyColumns =
        """
        "TenantId", "Scope", "OwnerId", "On", "PausedUntil", "CallsRequired", "Counting", "InferFromMyOutreach", "ManagerIsVip", "MarkMessages",
        "DialWith", "Hours", "Limits", "SetAt"
        """;

    public const string GateColumns =
        """
        "TenantId", "RepId", "GateId", "InternetMessageId", "ConversationId", "FromName", "FromAddress", "Subject", "SenderKind", "Reason", "Match",
        "CallsRequired", "MadeKind", "MadeCallsRequired", "ReceivedAt", "OpenedAt", "AnsweredAt", "WaivedAt", "WaiverReason", "LeftInboxAt",
        "CorrectedAt", "ErasedAt"
        """;

    public const string TargetColumns =
        """
        "TenantId", "Scope", "OwnerId", "TargetId", "Unit", "Period", "Amount", "From", "SetAt", "SetBy", "SetByName", "TakenBackAt", "TakenBackBy",
        "TakenBackByName"
        """;

    public const string PlanColumns = """ "TenantId", "RepId", "SetAt", "CountsFrom", "Checkpoints", "Margin", "DaysOff", "HalfDays", "KeepsPaceUntil" """;

    public static RepRow Rep(Cells cells)
    {
        var rep = new RepRow
        {
            TenantId = cells.Next<Guid>(),
            RepId = cells.Next<Guid>(),
            Revision = cells.Next<long>(),
            EnrolledAt = cells.Instant(),
            Name = cells.TextOrNull(),
            Addresses = cells.Json<List<string>>(),
            ManagerId = cells.NextOrNull<Guid>(),
            ManagerAddress = cells.TextOrNull(),
            AssignedManagerId = cells.NextOrNull<Guid>(),
            TimeZone = cells.Next<string>(),
            WorkStart = cells.Next<TimeOnly>(),
            WorkEnd = cells.Next<TimeOnly>(),
            WorkDays = cells.Json<List<DayOfWeek>>(),
            AutomaticReplies = cells.Next<bool>(),
            AutomaticRepliesFrom = cells.InstantOrNull(),
            AutomaticRepliesUntil = cells.InstantOrNull(),
            Watch = cells.Choice<Core.Boards.WatchState>(),
            WatchProblem = cells.TextOrNull(),
            WatchProblemSince = cells.InstantOrNull(),
            ClaimsChallenge = cells.TextOrNull(),
            Assumed = cells.Json<List<string>>(),
            MarksProblem = cells.TextOrNull(),
            WatchedBy = cells.NextOrNull<Guid>(),
            WatchedUntil = cells.InstantOrNull(),
            LeftAt = cells.InstantOrNull(),
            ProfileReadAt = cells.InstantOrNull(),
            ErasingAt = cells.InstantOrNull(),
            DetailsSince = cells.InstantOrNull(),
            DetailsCheckedAt = cells.InstantOrNull(),
            ClosedThrough = cells.Next<DateOnly>(),
            ClosedUntil = cells.InstantOrNull(),
        };
        rep.PlaceInTeam();
        return rep;
    }

    public static PolicyRow Policy(Cells cells) => new()
    {
        TenantId = cells.Next<Guid>(),
        Scope = cells.Choice<Scope>(),
        OwnerId = cells.Next<Guid>(),
        On = cells.NextOrNull<bool>(),
        PausedUntil = cells.InstantOrNull(),
        CallsRequired = cells.Json<Dictionary<SenderKind, int>>(),
        Counting = cells.ChoiceOrNull<CountingMode>(),
        InferFromMyOutreach = cells.NextOrNull<bool>(),
        ManagerIsVip = cells.NextOrNull<bool>(),
        MarkMessages = cells.NextOrNull<bool>(),
        DialWith = cells.ChoiceOrNull<DialWith>(),
        Hours = cells.JsonOrNull<WorkHours>(),
        Limits = cells.JsonOrNull<PolicyLimits>(),
        SetAt = cells.Instant(),
    };

    public static GateRow Gate(Cells cells) => new()
    {
        TenantId = cells.Next<Guid>(),
        RepId = cells.Next<Guid>(),
        GateId = cells.Next<Guid>(),
        InternetMessageId = cells.Next<string>(),
        ConversationId = cells.TextOrNull(),
        FromName = cells.TextOrNull(),
        FromAddress = cells.TextOrNull(),
        Subject = cells.TextOrNull(),
        SenderKind = cells.Choice<SenderKind>(),
        Reason = cells.Choice<VerdictReason>(),
        Match = cells.TextOrNull(),
        CallsRequired = cells.Next<int>(),
        MadeKind = cells.Choice<SenderKind>(),
        MadeCallsRequired = cells.Next<int>(),
        ReceivedAt = cells.Instant(),
        OpenedAt = cells.Instant(),
        AnsweredAt = cells.InstantOrNull(),
        WaivedAt = cells.InstantOrNull(),
        WaiverReason = cells.TextOrNull(),
        LeftInboxAt = cells.InstantOrNull(),
        CorrectedAt = cells.InstantOrNull(),
        ErasedAt = cells.InstantOrNull(),
    };

    public static TargetRow Target(Cells cells) => new()
    {
        TenantId = cells.Next<Guid>(),
        Scope = cells.Choice<Scope>(),
        OwnerId = cells.Next<Guid>(),
        TargetId = cells.Next<Guid>(),
        Unit = cells.Choice<TargetUnit>(),
        Period = cells.Choice<TargetPeriod>(),
        Amount = cells.Next<int>(),
        From = cells.Next<DateOnly>(),
        SetAt = cells.Instant(),
        SetBy = cells.Next<Guid>(),
        SetByName = cells.TextOrNull(),
        TakenBackAt = cells.InstantOrNull(),
        TakenBackBy = cells.NextOrNull<Guid>(),
        TakenBackByName = cells.TextOrNull(),
    };

    public static PlanRow Plan(Cells cells) => new()
    {
        TenantId = cells.Next<Guid>(),
        RepId = cells.Next<Guid>(),
        SetAt = cells.Instant(),
        CountsFrom = cells.Next<DateOnly>(),
        Checkpoints = cells.JsonOrNull<List<PlanCheckpoint>>(),
        Margin = cells.Next<int>(),
        DaysOff = cells.Json<List<DateOnly>>(),
        HalfDays = cells.Json<List<DateOnly>>(),
        KeepsPaceUntil = cells.NextOrNull<DateOnly>(),
    };

    public static ProspectingCall Call(Cells cells) =>
        new(cells.Next<Guid>(), cells.Instant(), cells.ChoiceOrNull<CallOutcome>(), cells.Choice<CallEvidence>(), cells.TextOrNull());

    public static ClosedDay ClosedDay(Cells cells) =>
        new(cells.Next<DateOnly>(), new DayCounts(cells.Next<int>(), cells.Next<int>(), cells.Next<int>()), cells.Next<int>(), cells.Next<bool>());
}
