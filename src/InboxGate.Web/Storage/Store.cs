using System.Text.Json;
using InboxGate.Web.Calls;
using InboxGate.Web.Gates;
using InboxGate.Web.Mail;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using InboxGate.Web.Plan;
using InboxGate.Web.Prospects;
using InboxGate.Web.Senders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace InboxGate.Web.Storage;

/// <summary>Every fact. Keys start with the tenant, then the rep, so that tables can be spread by tenant.</summary>
public abstract class Store(DbContextOptions options) : DbContext(options)
{
    public DbSet<TenantRow> Tenants => Set<TenantRow>();
    public DbSet<RepRow> Reps => Set<RepRow>();
    public DbSet<CallRow> Calls => Set<CallRow>();
    public DbSet<GateRow> Gates => Set<GateRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<UnjudgedRow> Unjudged => Set<UnjudgedRow>();
    public DbSet<SentMessageRow> SentMessages => Set<SentMessageRow>();
    public DbSet<OutreachRow> Outreach => Set<OutreachRow>();
    public DbSet<MailboxWatchRow> MailboxWatches => Set<MailboxWatchRow>();
    public DbSet<TargetRow> Targets => Set<TargetRow>();
    public DbSet<PlanRow> Plans => Set<PlanRow>();
    public DbSet<HolidayRow> Holidays => Set<HolidayRow>();
    public DbSet<ClosedDayRow> ClosedDays => Set<ClosedDayRow>();
    public DbSet<ListEntryRow> ListEntries => Set<ListEntryRow>();
    public DbSet<ListRow> Lists => Set<ListRow>();
    public DbSet<ProspectTouchRow> ProspectTouches => Set<ProspectTouchRow>();
    public DbSet<ImportRow> Imports => Set<ImportRow>();
    public DbSet<ContactSourceRow> ContactSources => Set<ContactSourceRow>();
    public DbSet<PolicyRow> Policies => Set<PolicyRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // SQLite can neither compare nor sort a DateTimeOffset; ticks of UTC serve both databases alike.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<TenantRow>(e =>
        {
            e.ToTable("tenants").HasKey(x => x.TenantId);
            Json(e.Property(x => x.Domains));
        });
        modelBuilder.Entity<RepRow>(e =>
        {
            e.ToTable("reps").HasKey(x => new { x.TenantId, x.RepId });
            e.HasIndex(x => new { x.TenantId, x.TeamId });
            e.HasIndex(x => x.ErasingAt).HasFilter("\"ErasingAt\" IS NOT NULL");
            e.Ignore(x => x.Key);
            Json(e.Property(x => x.Addresses));
            Json(e.Property(x => x.WorkDays));
            Json(e.Property(x => x.Assumed)).HasDefaultValueSql("'[]'");
        });
        modelBuilder.Entity<CallRow>(e =>
        {
            e.ToTable("calls").HasKey(x => new { x.TenantId, x.RepId, x.CallId });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.MadeAt });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.Prospect }).HasFilter("\"Prospect\" IS NOT NULL");
            e.Property(x => x.Prospect).HasMaxLength(320);
        });
        modelBuilder.Entity<GateRow>(e =>
        {
            e.ToTable("gates").HasKey(x => new { x.TenantId, x.RepId, x.GateId });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.InternetMessageId }).IsUnique();
            e.HasIndex(x => new { x.TenantId, x.RepId, x.ErasedAt, x.OpenedAt });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.ConversationId });
        });
        modelBuilder.Entity<MessageRow>(e =>
        {
            e.ToTable("messages").HasKey(x => new { x.TenantId, x.RepId, x.InternetMessageId });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.GraphId });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.ConversationId });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.GateId });
        });
        modelBuilder.Entity<UnjudgedRow>(e => e.ToTable("unjudged").HasKey(x => new { x.TenantId, x.RepId, x.GraphId }));
        modelBuilder.Entity<SentMessageRow>(e =>
        {
            e.ToTable("sent_messages").HasKey(x => new { x.TenantId, x.RepId, x.InternetMessageId });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.SentAt });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.ConversationId });
        });
        modelBuilder.Entity<OutreachRow>(e =>
            e.ToTable("outreach").HasKey(x => new { x.TenantId, x.RepId, x.ConversationId, x.AddressHash }));
        modelBuilder.Entity<MailboxWatchRow>(e =>
            e.ToTable("mailbox_watches").HasKey(x => new { x.TenantId, x.RepId, x.Folder }));
        modelBuilder.Entity<TargetRow>(e =>
        {
            e.ToTable("targets").HasKey(x => new { x.TenantId, x.Scope, x.OwnerId, x.TargetId });
        });
        modelBuilder.Entity<PlanRow>(e =>
        {
            e.ToTable("plans").HasKey(x => new { x.TenantId, x.RepId, x.SetAt });
            Json(e.Property(x => x.Checkpoints));
            Json(e.Property(x => x.DaysOff));
            Json(e.Property(x => x.HalfDays)).HasDefaultValueSql("'[]'");
        });
        modelBuilder.Entity<HolidayRow>(e => e.ToTable("holidays").HasKey(x => new { x.TenantId, x.Scope, x.OwnerId, x.Date }));
        modelBuilder.Entity<ClosedDayRow>(e =>
        {
            e.ToTable("closed_days").HasKey(x => new { x.TenantId, x.RepId, x.Date });
            Json(e.Property(x => x.CallsByHour));
        });
        modelBuilder.Entity<ListEntryRow>(e =>
        {
            e.ToTable("list_entries").HasKey(x => new { x.TenantId, x.Scope, x.OwnerId, x.Entry });
            e.HasIndex(x => new { x.TenantId, x.Scope, x.OwnerId, x.Bare });
            if (Database.IsNpgsql())
            {
                // By code points, as SQLite sorts and as searches do.
                e.Property(x => x.SortKey).UseCollation("C");
            }

            // Whom to call: the zones where it is time, and in each those listed first.
            e.HasIndex(x => new { x.TenantId, x.Scope, x.OwnerId, x.TimeZones, x.SetAt, x.Entry }).HasFilter(
                """
                "Phone" IS NOT NULL AND "Kind" = 0 AND NOT "DoNotCall" AND "RemovedAt" IS NULL AND "MainEntry" IS NULL
                """);
            e.HasIndex(x => new { x.TenantId, x.Scope, x.OwnerId, x.SourceId }).HasFilter("\"SourceId\" IS NOT NULL");
            // Whom not to call: few of many, asked for with every next call.
            e.HasIndex(x => new { x.TenantId, x.Scope, x.OwnerId, x.Entry }).HasFilter("\"DoNotCall\" AND \"RemovedAt\" IS NULL");
        });
        modelBuilder.Entity<ListRow>(e => e.ToTable("lists").HasKey(x => new { x.TenantId, x.Scope, x.OwnerId }));
        modelBuilder.Entity<ProspectTouchRow>(e =>
        {
            e.ToTable("prospect_touches").HasKey(x => new { x.TenantId, x.RepId, x.Entry });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.LastContactAt });
            e.HasIndex(x => new { x.TenantId, x.RepId, x.DueOn }).HasFilter("\"DueOn\" IS NOT NULL");
            e.HasIndex(x => new { x.TenantId, x.Entry });
        });
        modelBuilder.Entity<ImportRow>(e => e.ToTable("imports").HasKey(x => new { x.TenantId, x.Scope, x.OwnerId, x.ImportId }));
        modelBuilder.Entity<ContactSourceRow>(e =>
            e.ToTable("contact_sources").HasKey(x => new { x.TenantId, x.RepId, x.FolderId, x.Category }));
        modelBuilder.Entity<PolicyRow>(e =>
        {
            e.ToTable("policies").HasKey(x => new { x.TenantId, x.Scope, x.OwnerId });
            Json(e.Property(x => x.CallsRequired));
            Json(e.Property(x => x.Hours));
            Json(e.Property(x => x.Limits));
        });
    }

    private static PropertyBuilder<T> Json<T>(PropertyBuilder<T> property) => property.HasConversion(
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default)!,
        new ValueComparer<T>(
            (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Default) == JsonSerializer.Serialize(b, JsonSerializerOptions.Default),
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default).GetHashCode(StringComparison.Ordinal),
            value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, JsonSerializerOptions.Default), JsonSerializerOptions.Default)!));

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        value => value.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>One type per database, because each has its own migrations.</summary>
public sealed class SqliteStore(DbContextOptions<SqliteStore> options) : Store(options);

public sealed class PostgresStore(DbContextOptions<PostgresStore> options) : Store(options);
