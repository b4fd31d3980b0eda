using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using InboxGate.Web.People;
using Microsoft.Extensions.Caching.Memory;

namespace InboxGate.Web.Mail;

/// <summary>
/// A rep opens the same mail again and again: its verdict is known again for as long as the database says, at each request,
/// that nothing has changed of what it was decided from. Of the mail only a hash is kept.
/// </summary>
public sealed class KnownVerdicts : IDisposable
{
    /// <summary>Verdicts; less than 1 KB each.</summary>
    private const int MostKnown = 20_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostKnown });

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
