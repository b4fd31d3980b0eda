using System.Net.Http.Json;
using System.Text.Json.Nodes;
using InboxGate.Web.Gates;
using InboxGate.Web.Mail;
using InboxGate.Web.Storage;
using InboxGate.Web.Tests.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InboxGate.Web.Tests.Histories;

/// <summary>
/// What the rows must come to, worked out from the mailbox itself by a reading of the rules that shares no code with
/// the product. It knows only the few senders that the histories use.
/// </summary>
internal static class MailboxOracle
{
    public const string Colleague = "ann@contoso.com";
    public const string OtherColleague = "ben@sub.contoso.com";
    public const string Customer = "kim@customer.example";
    public const string Prospect = "pia@prospect.example";
    public const string Stranger = "joe@stranger.example";

    /// <summary>Every way in which the rows differ from the mailbox; empty when they agree.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(World world, Person rep)
    {
        var mailbox = await world.Simulator.GetFromJsonAsync<JsonObject>($"/sim/mailbox?user={rep.Address}");
        var inbox = mailbox!["inbox"]!.AsArray().Select(x => x!.AsObject()).ToList();
        var sent = mailbox["sent"]!.AsArray().Select(x => x!.AsObject()).ToList();

        await using var store = await world.Services.GetRequiredService<IDbContextFactory<Store>>().CreateDbContextAsync();
        var messages = await store.Messages.AsNoTracking().Where(x => x.RepId == rep.Id).ToListAsync();
        var gates = await store.Gates.AsNoTracking().Where(x => x.RepId == rep.Id).ToListAsync();
        var sentRows = await store.SentMessages.AsNoTracking().Where(x => x.RepId == rep.Id).ToListAsync();
        return [.. Messages(inbox, messages), .. Gates(inbox, sent, messages, gates, rep), .. Emails(sent, sentRows)];
    }

    /// <summary>One verdict for each mail, and no gate for mail that is not there.</summary>
    private static IEnumerable<string> Messages(List<JsonObject> inbox, List<MessageRow> messages)
    {
        var present = messages.Where(x => !x.LeftInbox).ToList();
        var there = inbox.Select(Id).ToList();
        foreach (var id in there.Except(present.Select(x => x.InternetMessageId), StringComparer.Ordinal))
        {
            yield return $"{id} is in the inbox and has no verdict";
        }

        // Of mail without a gate nobody needs to know that it left.
        foreach (var id in present.Where(x => x.GateId is not null).Select(x => x.InternetMessageId).Except(there, StringComparer.Ordinal))
        {
            yield return $"{id} is not in the inbox and keeps its gate";
        }
    }

    private static IEnumerable<string> Gates(List<JsonObject> inbox, List<JsonObject> sent, List<MessageRow> messages, List<GateRow> gates, Person rep)
    {
        var gateOf = messages.Where(x => !x.LeftInbox).ToDictionary(x => x.InternetMessageId, x => x.GateId, StringComparer.Ordinal);
        Dictionary<(string Conversation, DateTimeOffset? AnsweredAt), Guid> shared = [];
        foreach (var mail in inbox.Where(x => gateOf.ContainsKey(Id(x))))
        {
            var gate = gates.Find(x => x.GateId == gateOf[Id(mail)]);
            if (!OwesCalls(mail, rep))
            {
                if (gate is not null)
                {
                    yield return $"{Id(mail)} has a gate and owes no calls";
                }

                continue;
            }

            if (gate is null)
            {
                yield return $"{Id(mail)} owes calls and has no gate";
                continue;
            }

            var conversation = mail["conversationId"]!.GetValue<string>();
            var answeredAt = sent.Where(x => x["conversationId"]!.GetValue<string>() == conversation && IsByHand(x) && At(x, "sentDateTime") >= At(mail, "receivedDateTime"))
                .Min(x => (DateTimeOffset?)At(x, "sentDateTime"));
            if (gate.AnsweredAt != answeredAt)
            {
                yield return $"{Id(mail)} was answered {answeredAt:T}, its gate {gate.AnsweredAt:T}";
            }

            if (gate.LeftInboxAt is not null || gate.CallsRequired != 3)
            {
                yield return $"the gate of {Id(mail)} left {gate.LeftInboxAt:T} and asks for {gate.CallsRequired} calls";
            }

            if (answeredAt is null != (gate.FromAddress is not null))
            {
                yield return $"the gate of {Id(mail)} {(answeredAt is null ? "has forgotten" : "still knows")} who wrote";
            }

            if (!shared.TryAdd((conversation, answeredAt), gate.GateId) && shared[(conversation, answeredAt)] != gate.GateId)
            {
                yield return $"{Id(mail)} has another gate than the mail before it in its conversation";
            }
        }

        foreach (var gate in gates.Where(x => x is { AnsweredAt: null, LeftInboxAt: null } && !gateOf.ContainsValue(x.GateId)))
        {
            yield return $"the gate of {gate.InternetMessageId} stands before no mail";
        }
    }

    /// <summary>Each mail that was sent counts once, and for a prospect if it went to one.</summary>
    private static IEnumerable<string> Emails(List<JsonObject> sent, List<SentMessageRow> rows)
    {
        foreach (var id in sent.Select(Id).Except(rows.Select(x => x.InternetMessageId), StringComparer.Ordinal))
        {
            yield return $"{id} was sent and is not counted";
        }

        var expected = sent.Count(x => IsByHand(x) && x["toRecipients"]!.AsArray().Any(to => Address(to) == Prospect));
        var counted = rows.Count(x => x.Prospecting);
        if (counted != expected)
        {
            yield return $"{expected} mails went to prospects, {counted} are counted";
        }
    }

    private static bool OwesCalls(JsonObject mail, Person rep) =>
        mail["@odata.type"]?.GetValue<string>() is null or "#microsoft.graph.message"
        && Address(mail["from"]) is Colleague or OtherColleague or Customer
        && Address(mail["from"]) != rep.Address
        && Header(mail, "Auto-Submitted") is null or "no"
        && (Address(mail["from"]) != Customer || Header(mail, "List-Id") is null);

    private static bool IsByHand(JsonObject mail) => Header(mail, "Auto-Submitted") is null or "no";

    private static string Id(JsonObject mail) => mail["internetMessageId"]!.GetValue<string>();

    private static DateTimeOffset At(JsonObject mail, string what) => mail[what]!.GetValue<DateTimeOffset>();

    private static string? Address(JsonNode? recipient) => recipient?["emailAddress"]?["address"]?.GetValue<string>();

    private static string? Header(JsonObject mail, string name) =>
        mail["internetMessageHeaders"]?.AsArray().FirstOrDefault(x => x!["name"]!.GetValue<string>() == name)?["value"]!.GetValue<string>();
}
