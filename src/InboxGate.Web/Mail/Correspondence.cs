using InboxGate.Web.Gates;
using InboxGate.Web.People;
using InboxGate.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace InboxGate.Web.Mail;

/// <summary>
/// The rows that some mails touch, read at once and tracked: what was judged, sent, gated and learnt in their
/// conversations. A page of mail costs as many queries as one mail.
/// </summary>
public sealed class Correspondence
{
    private readonly Store store;
    private readonly RepRow rep;
    private readonly Dictionary<string, MessageRow> messages;
    private readonly ILookup<string, MessageRow> byGraphId;
    private readonly List<GateRow> gates;
    private readonly Dictionary<string, SentMessageRow> sent;
    private readonly Dictionary<(string Conversation, string AddressHash), OutreachRow> outreach;
    private readonly HashSet<string> unjudged;

    private Correspondence(
        Store store, RepRow rep, List<MessageRow> messages, List<GateRow> gates, List<SentMessageRow> sent, List<OutreachRow> outreach, List<string> unjudged)
    {
        this.store = store;
        this.rep = rep;
        this.messages = messages.ToDictionary(x => x.InternetMessageId, StringComparer.Ordinal);
        this.gates = gates;
        this.sent = sent.ToDictionary(x => x.InternetMessageId, StringComparer.Ordinal);
        this.outreach = outreach.ToDictionary(x => (x.ConversationId, x.AddressHash));
        this.unjudged = [.. unjudged];
        byGraphId = messages.Where(x => x.GraphId is not null).ToLookup(x => x.GraphId!, StringComparer.Ordinal);
    }

    /// <summary>Nothing is known yet; for mail that is judged only to see what would come of it.</summary>
    public static Correspondence Blank(Store store, RepRow rep) => new(store, rep, [], [], [], [], []);

    /// <param name="graphIds">Mails known by Graph's id alone, because they have left.</param>
    /// <param name="inConversations">Conversations to read whole, whatever mail is at hand.</param>
    public static async Task<Correspondence> LoadAsync(
        Store store,
        RepRow rep,
        IReadOnlyCollection<ReceivedMail> received,
        IReadOnlyCollection<SentMail> sent,
        IReadOnlyCollection<string> graphIds,
        IReadOnlyCollection<string> inConversations,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rep);
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(graphIds);
        var (tenantId, repId) = (rep.TenantId, rep.RepId);
        var ids = received.Select(x => x.InternetMessageId).Distinct().ToList();
        var conversations = received.Select(x => x.ConversationId).Concat(sent.Select(x => x.ConversationId)).Concat(inConversations).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var named = await store.Messages
            .Where(x => x.TenantId == tenantId && x.RepId == repId && ids.Contains(x.InternetMessageId)).ToListAsync(ct);
        if (graphIds.Count > 0)
        {
            named.AddRange(await store.Messages
                .Where(x => x.TenantId == tenantId && x.RepId == repId && x.GraphId != null && graphIds.Contains(x.GraphId)).ToListAsync(ct));
        }

        conversations.UnionWith(named.Select(x => x.ConversationId).OfType<string>());
        var gateIds = named.Select(x => x.GateId).OfType<Guid>().ToHashSet();
        var messages = await store.Messages
            .Where(x => x.TenantId == tenantId && x.RepId == repId && x.ConversationId != null && conversations.Contains(x.ConversationId)).ToListAsync(ct);
        var gates = await store.Gates
            .Where(x => x.TenantId == tenantId && x.RepId == repId
                && ((x.ConversationId != null && conversations.Contains(x.ConversationId)) || gateIds.Contains(x.GateId))).ToListAsync(ct);
        var sentIds = sent.Select(x => x.InternetMessageId).ToList();
        var sentRows = await store.SentMessages
            .Where(x => x.TenantId == tenantId && x.RepId == repId
                && (sentIds.Contains(x.InternetMessageId) || (x.ConversationId != null && conversations.Contains(x.ConversationId)))).ToListAsync(ct);
        var outreach = await store.Outreach
            .Where(x => x.TenantId == tenantId && x.RepId == repId && conversations.Contains(x.ConversationId)).ToListAsync(ct);
        var unjudged = await store.Unjudged.Where(x => x.TenantId == tenantId && x.RepId == repId).Select(x => x.GraphId).ToListAsync(ct);
        return new Correspondence(store, rep, [.. named.Union(messages)], gates, sentRows, outreach, unjudged);
    }

    public MessageRow? Message(string internetMessageId) => messages.GetValueOrDefault(internetMessageId);

    public IEnumerable<MessageRow> WithGraphId(string graphId) => byGraphId[graphId];

    public IEnumerable<MessageRow> MessagesIn(string conversation) => messages.Values.Where(x => x.ConversationId == conversation);

    public IEnumerable<MessageRow> Behind(GateRow gate) => messages.Values.Where(x => x.GateId == gate.GateId);

    public GateRow? Gate(Guid? gateId) => gates.Find(x => x.GateId == gateId);

    public IEnumerable<GateRow> GatesIn(string? conversation) => conversation is null ? [] : gates.Where(x => x.ConversationId == conversation);

    public bool IsSent(string internetMessageId) => sent.ContainsKey(internetMessageId);

    /// <summary>When the rep first answered, by hand, a mail of this conversation received then.</summary>
    public DateTimeOffset? FirstAnswer(string? conversation, DateTimeOffset receivedAt) => conversation is null
        ? null
        : sent.Values.Where(x => x.ConversationId == conversation && x.ByHand && x.SentAt >= receivedAt).Min(x => (DateTimeOffset?)x.SentAt);

    public OutreachRow? Outreach(string conversation, string addressHash) => outreach.GetValueOrDefault((conversation, addressHash));

    public MessageRow Add(ReceivedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var row = new MessageRow
        {
            TenantId = rep.TenantId,
            RepId = rep.RepId,
            InternetMessageId = mail.InternetMessageId,
            GraphId = mail.GraphId,
            ConversationId = mail.ConversationId,
            ReceivedAt = mail.ReceivedAt,
        };
        messages.Add(row.InternetMessageId, row);
        store.Messages.Add(row);
        return row;
    }

    public GateRow Add(GateRow gate)
    {
        gates.Add(gate);
        store.Gates.Add(gate);
        return gate;
    }

    public void Add(SentMessageRow mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        sent.Add(mail.InternetMessageId, mail);
        store.SentMessages.Add(mail);
    }

    public void Add(OutreachRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        outreach.Add((row.ConversationId, row.AddressHash), row);
        store.Outreach.Add(row);
    }

    /// <summary>The mail is fetched and judged again before long.</summary>
    public void AddUnjudged(string graphId)
    {
        if (unjudged.Add(graphId))
        {
            store.Unjudged.Add(new UnjudgedRow { TenantId = rep.TenantId, RepId = rep.RepId, GraphId = graphId });
        }
    }
}
