using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace InboxGate.Web.Mail;

/// <summary>What tells whether a verdict still holds: whatever changes a verdict changes this.</summary>
/// <param name="Revision">Raised with every fact of the rep, and with every shared one that touches them.</param>
/// <param name="EnrolledAt">Who was erased begins anew.</param>
/// <param name="DetailsSince">Old mail is forgotten without a revision.</param>
/// <param name="DetailsCheckedAt">When that was done.</param>
/// <param name="TenantRevision">Raised with every fact that is shared; null before the first.</param>
/// <param name="DomainsReadAt">The tenant's domains change without a revision.</param>
public sealed record VerdictStamp(
    long Revision, DateTimeOffset EnrolledAt, DateTimeOffset? DetailsSince, DateTimeOffset? DetailsCheckedAt, long? TenantRevision, DateTimeOffset? DomainsReadAt);

/// <summary>
/// A rep opens the same mail again and again: its verdict is known again for as long as the database says, at each request and
/// in one query, that nothing has changed of what it was decided from. Of the mail only a hash is kept.
/// </summary>
public sealed class KnownVerdicts(IDbContextFactory<Store> stores) : IDisposable
{
    /// <summary>Verdicts; less than 1 KB each.</summary>
    private const int MostKnown = 20_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostKnown });

    private readonly Func<Store, Guid, Guid, CancellationToken, Task<VerdictStamp?>> look = EF.CompileAsyncQuery(
        (Store store, Guid tenantId, Guid repId, CancellationToken ct) => (
            from rep in store.Reps
            where rep.TenantId == tenantId && rep.RepId == repId && rep.ErasingAt == null
            from tenant in store.Tenants.Where(x => x.TenantId == tenantId).DefaultIfEmpty()
            select new VerdictStamp(
                rep.Revision, rep.EnrolledAt, rep.DetailsSince, rep.DetailsCheckedAt, tenant == null ? null : (long?)tenant.Revision, tenant == null ? null : tenant.ReadAt))
            .SingleOrDefault());

    /// <returns>Null for a rep who is not there, or about to be erased.</returns>
    public async Task<VerdictStamp?> LookAsync(RepKey rep, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await look(store, rep.TenantId, rep.RepId, ct);
    }

    /// <param name="looked">Of this very request.</param>
    public Judgement? Find(RepKey rep, MessageStatement mail, VerdictStamp looked) =>
        cache.TryGetValue(Hash.Of(rep, mail), out Known? known) && known!.Stamp == looked ? known.Judgement : null;

    /// <param name="before">Looked at before the mail was judged: what changed meanwhile is then not missed.</param>
    public void Keep(RepKey rep, MessageStatement mail, VerdictStamp before, Judgement judgement) =>
        cache.Set(Hash.Of(rep, mail), new Known(before, judgement), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });

    public void Dispose() => cache.Dispose();

    /// <summary>Of all that the pane said about the mail. SHA-256: nobody finds another mail with the same.</summary>
    private readonly record struct Hash(RepKey Rep, UInt128 Low, UInt128 High)
    {
        public static Hash Of(RepKey rep, MessageStatement mail)
        {
            Span<UInt128> hash = stackalloc UInt128[2];
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(mail, JsonSerializerOptions.Default), MemoryMarshal.AsBytes(hash));
            return new Hash(rep, hash[0], hash[1]);
        }
    }

    private sealed record Known(VerdictStamp Stamp, Judgement Judgement);
}
