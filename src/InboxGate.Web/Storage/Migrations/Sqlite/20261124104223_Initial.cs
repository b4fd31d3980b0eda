using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InboxGate.Web.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CallId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LoggedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: true),
                    Evidence = table.Column<int>(type: "INTEGER", nullable: false),
                    Prospect = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calls", x => new { x.TenantId, x.RepId, x.CallId });
                });

            migrationBuilder.CreateTable(
                name: "closed_days",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", nullable: false),
                    Working = table.Column<bool>(type: "INTEGER", nullable: false),
                    CallsByHour = table.Column<string>(type: "TEXT", nullable: false),
                    Calls = table.Column<int>(type: "INTEGER", nullable: false),
                    Emails = table.Column<int>(type: "INTEGER", nullable: false),
                    Meetings = table.Column<int>(type: "INTEGER", nullable: false),
                    CallsGoal = table.Column<int>(type: "INTEGER", nullable: false),
                    EmailsGoal = table.Column<int>(type: "INTEGER", nullable: false),
                    MeetingsGoal = table.Column<int>(type: "INTEGER", nullable: false),
                    AnsweredEarned = table.Column<int>(type: "INTEGER", nullable: false),
                    AnsweredEarly = table.Column<int>(type: "INTEGER", nullable: false),
                    AimReached = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_closed_days", x => new { x.TenantId, x.RepId, x.Date });
                });

            migrationBuilder.CreateTable(
                name: "gates",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    GateId = table.Column<Guid>(type: "TEXT", nullable: false),
                    InternetMessageId = table.Column<string>(type: "TEXT", nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", nullable: true),
                    FromName = table.Column<string>(type: "TEXT", nullable: true),
                    FromAddress = table.Column<string>(type: "TEXT", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    SenderKind = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    Match = table.Column<string>(type: "TEXT", nullable: true),
                    CallsRequired = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeKind = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeCallsRequired = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WaivedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WaiverReason = table.Column<string>(type: "TEXT", nullable: true),
                    LeftInboxAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CorrectedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ErasedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gates", x => new { x.TenantId, x.RepId, x.GateId });
                });

            migrationBuilder.CreateTable(
                name: "holidays",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holidays", x => new { x.TenantId, x.Date });
                });

            migrationBuilder.CreateTable(
                name: "list_entries",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Entry = table.Column<string>(type: "TEXT", nullable: false),
                    Bare = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_list_entries", x => new { x.TenantId, x.Scope, x.OwnerId, x.Entry });
                });

            migrationBuilder.CreateTable(
                name: "mailbox_watches",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Folder = table.Column<string>(type: "TEXT", nullable: false),
                    Link = table.Column<string>(type: "TEXT", nullable: true),
                    SubscriptionId = table.Column<string>(type: "TEXT", nullable: true),
                    SubscriptionExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailbox_watches", x => new { x.TenantId, x.RepId, x.Folder });
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    InternetMessageId = table.Column<string>(type: "TEXT", nullable: false),
                    GraphId = table.Column<string>(type: "TEXT", nullable: true),
                    ConversationId = table.Column<string>(type: "TEXT", nullable: true),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    GateId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeftInbox = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => new { x.TenantId, x.RepId, x.InternetMessageId });
                });

            migrationBuilder.CreateTable(
                name: "outreach",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", nullable: false),
                    AddressHash = table.Column<string>(type: "TEXT", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outreach", x => new { x.TenantId, x.RepId, x.ConversationId, x.AddressHash });
                });

            migrationBuilder.CreateTable(
                name: "plans",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Checkpoints = table.Column<string>(type: "TEXT", nullable: true),
                    Margin = table.Column<int>(type: "INTEGER", nullable: false),
                    DaysOff = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans", x => new { x.TenantId, x.RepId, x.SetAt });
                });

            migrationBuilder.CreateTable(
                name: "policies",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    On = table.Column<bool>(type: "INTEGER", nullable: true),
                    PausedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CallsRequired = table.Column<string>(type: "TEXT", nullable: false),
                    Counting = table.Column<int>(type: "INTEGER", nullable: true),
                    InferFromMyOutreach = table.Column<bool>(type: "INTEGER", nullable: true),
                    ManagerIsVip = table.Column<bool>(type: "INTEGER", nullable: true),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policies", x => new { x.TenantId, x.Scope, x.OwnerId });
                });

            migrationBuilder.CreateTable(
                name: "reps",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false),
                    EnrolledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    Addresses = table.Column<string>(type: "TEXT", nullable: false),
                    ManagerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ManagerAddress = table.Column<string>(type: "TEXT", nullable: true),
                    TimeZone = table.Column<string>(type: "TEXT", nullable: false),
                    WorkStart = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    WorkEnd = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    WorkDays = table.Column<string>(type: "TEXT", nullable: false),
                    AutomaticReplies = table.Column<bool>(type: "INTEGER", nullable: false),
                    AutomaticRepliesFrom = table.Column<long>(type: "INTEGER", nullable: true),
                    AutomaticRepliesUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Watch = table.Column<int>(type: "INTEGER", nullable: false),
                    WatchProblem = table.Column<string>(type: "TEXT", nullable: true),
                    ProfileReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedThrough = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reps", x => new { x.TenantId, x.RepId });
                });

            migrationBuilder.CreateTable(
                name: "sent_messages",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    InternetMessageId = table.Column<string>(type: "TEXT", nullable: false),
                    ConversationId = table.Column<string>(type: "TEXT", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Prospecting = table.Column<bool>(type: "INTEGER", nullable: false),
                    ByHand = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sent_messages", x => new { x.TenantId, x.RepId, x.InternetMessageId });
                });

            migrationBuilder.CreateTable(
                name: "targets",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TargetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<int>(type: "INTEGER", nullable: false),
                    Period = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SetBy = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_targets", x => new { x.TenantId, x.RepId, x.TargetId });
                });

            migrationBuilder.CreateTable(
                name: "tenants",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Domains = table.Column<string>(type: "TEXT", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenants", x => x.TenantId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_calls_TenantId_RepId_MadeAt",
                table: "calls",
                columns: new[] { "TenantId", "RepId", "MadeAt" });

            migrationBuilder.CreateIndex(
                name: "IX_gates_TenantId_RepId_ConversationId",
                table: "gates",
                columns: new[] { "TenantId", "RepId", "ConversationId" });

            migrationBuilder.CreateIndex(
                name: "IX_gates_TenantId_RepId_ErasedAt_OpenedAt",
                table: "gates",
                columns: new[] { "TenantId", "RepId", "ErasedAt", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_gates_TenantId_RepId_InternetMessageId",
                table: "gates",
                columns: new[] { "TenantId", "RepId", "InternetMessageId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_list_entries_TenantId_Scope_OwnerId_Bare",
                table: "list_entries",
                columns: new[] { "TenantId", "Scope", "OwnerId", "Bare" });

            migrationBuilder.CreateIndex(
                name: "IX_messages_TenantId_RepId_ConversationId",
                table: "messages",
                columns: new[] { "TenantId", "RepId", "ConversationId" });

            migrationBuilder.CreateIndex(
                name: "IX_messages_TenantId_RepId_GraphId",
                table: "messages",
                columns: new[] { "TenantId", "RepId", "GraphId" });

            migrationBuilder.CreateIndex(
                name: "IX_reps_TenantId_ManagerId",
                table: "reps",
                columns: new[] { "TenantId", "ManagerId" });

            migrationBuilder.CreateIndex(
                name: "IX_sent_messages_TenantId_RepId_ConversationId",
                table: "sent_messages",
                columns: new[] { "TenantId", "RepId", "ConversationId" });

            migrationBuilder.CreateIndex(
                name: "IX_sent_messages_TenantId_RepId_SentAt",
                table: "sent_messages",
                columns: new[] { "TenantId", "RepId", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_targets_TenantId_RepId_From",
                table: "targets",
                columns: new[] { "TenantId", "RepId", "From" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calls");

            migrationBuilder.DropTable(
                name: "closed_days");

            migrationBuilder.DropTable(
                name: "gates");

            migrationBuilder.DropTable(
                name: "holidays");

            migrationBuilder.DropTable(
                name: "list_entries");

            migrationBuilder.DropTable(
                name: "mailbox_watches");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "outreach");

            migrationBuilder.DropTable(
                name: "plans");

            migrationBuilder.DropTable(
                name: "policies");

            migrationBuilder.DropTable(
                name: "reps");

            migrationBuilder.DropTable(
                name: "sent_messages");

            migrationBuilder.DropTable(
                name: "targets");

            migrationBuilder.DropTable(
                name: "tenants");
        }
    }
}
