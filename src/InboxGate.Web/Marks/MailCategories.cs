using System.Globalization;
using InboxGate.Web.Mailbox;
using InboxGate.Web.People;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Marks;

/// <summary>The categories of mail and the mailbox's list of them, in Microsoft Graph.</summary>
public sealed class MailCategories(GraphClients clients)
{
    private const string ImmutableIds = "IdType=\"ImmutableId\"";

    /// <summary>As much as one batch holds is asked for by id; more is listed, because a list costs one request.</summary>
    private const int MostById = 20;
    private const int PageSize = 500;
    private const int MostPages = 3;

    /// <param name="mails">By Graph's id: when each was received.</param>
    /// <returns>By Graph's id; null for mail that is gone.</returns>
    /// <exception cref="ApiException">The service refused, or was too busy.</exception>
    public async Task<IReadOnlyDictionary<string, CategorisedMail?>> ReadAsync(
        RepKey rep, IReadOnlyDictionary<string, DateTimeOffset> mails, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mails);
        var found = new Dictionary<string, CategorisedMail?>(StringComparer.Ordinal);
        if (mails.Count > MostById)
        {
            await ListAsync(rep, mails, found, ct);
        }

        var steps = mails.Keys.Where(x => !found.ContainsKey(x)).Select(id => (id, Mailbox(rep).Messages[id].ToGetRequestInformation(request =>
        {
            request.QueryParameters.Select = ["id", "categories"];
            request.Headers.Add("Prefer", ImmutableIds);
        }))).ToList();
        foreach (var (id, answer) in await GraphBatch.SendAsync(clients.For(rep), steps, ct))
        {
            found[id] = answer.Status switch
            {
                404 or 410 => null,
                _ when answer.IsOk => Of(await answer.ReadAsync(Message.CreateFromDiscriminatorValue, ct)),
                _ => throw await answer.FailureAsync(ct),
            };
        }

        return found;
    }

    /// <summary>Finds mail in the inbox that the pane has shown before anybody else: Graph's ids by internet message ids.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(RepKey rep, IReadOnlyCollection<string> internetMessageIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(internetMessageIds);
        var steps = internetMessageIds.Select(id => (id, Mailbox(rep).MailFolders[MailFolders.Inbox].Messages.ToGetRequestInformation(request =>
        {
            request.QueryParameters.Select = ["id"];
            request.QueryParameters.Filter = $"internetMessageId eq '{id.Replace("'", "''", StringComparison.Ordinal)}'";
            request.QueryParameters.Top = 1;
            request.Headers.Add("Prefer", ImmutableIds);
        })));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, answer) in await GraphBatch.SendAsync(clients.For(rep), steps, ct))
        {
            // An id that the service cannot make sense of is no mail of its own.
            var page = answer.IsOk || answer.Status == StatusCodes.Status400BadRequest
                ? await answer.ReadIfOkAsync(MessageCollectionResponse.CreateFromDiscriminatorValue, ct)
                : throw await answer.FailureAsync(ct);
            if (page?.Value is [{ Id: { } graphId }, ..])
            {
                found[id] = graphId;
            }
        }

        return found;
    }

    /// <summary>Replaces categories, each only if the mail is as it was read.</summary>
    /// <returns>The status of each: 412 when the mail has changed since.</returns>
    public async Task<Dictionary<string, BatchAnswer>> WriteAsync(RepKey rep, IReadOnlyCollection<CategorisedMail> mails, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mails);
        return await GraphBatch.SendAsync(
            clients.For(rep),
            mails.Select(mail => (mail.GraphId, Mailbox(rep).Messages[mail.GraphId].ToPatchRequestInformation(
                new Message { Categories = [.. mail.Categories] },
                request =>
                {
                    request.Headers.Add("Prefer", $"{ImmutableIds}, return=minimal");
                    request.Headers.Add("If-Match", mail.Etag);
                }))),
            ct);
    }

    /// <summary>The categories that the mailbox knows by name and colour.</summary>
    public async Task<IReadOnlyList<ListedCategory>> ListAsync(RepKey rep, CancellationToken ct)
    {
        var list = await Mailbox(rep).Outlook.MasterCategories.GetAsync(cancellationToken: ct);
        return [.. (list?.Value ?? []).Where(x => x is { Id: not null, DisplayName: not null }).Select(x => new ListedCategory(x.Id!, x.DisplayName!))];
    }

    public Task<Dictionary<string, BatchAnswer>> AddAsync(RepKey rep, IEnumerable<string> names, CancellationToken ct) => GraphBatch.SendAsync(
        clients.For(rep),
        names.Select(name => (name, Mailbox(rep).Outlook.MasterCategories.ToPostRequestInformation(new OutlookCategory { DisplayName = name, Color = ColourOf(name) }))),
        ct);

    public Task<Dictionary<string, BatchAnswer>> RemoveAsync(RepKey rep, IEnumerable<ListedCategory> categories, CancellationToken ct) => GraphBatch.SendAsync(
        clients.For(rep),
        categories.Select(x => (x.Id, Mailbox(rep).Outlook.MasterCategories[x.Id].ToDeleteRequestInformation())),
        ct);

    /// <summary>Lists the inbox between the first and the last of these mails; who is not there is asked for by id.</summary>
    private async Task ListAsync(
        RepKey rep, IReadOnlyDictionary<string, DateTimeOffset> mails, Dictionary<string, CategorisedMail?> found, CancellationToken ct)
    {
        var messages = Mailbox(rep).MailFolders[MailFolders.Inbox].Messages;
        var page = await messages.GetAsync(request =>
        {
            request.QueryParameters.Select = ["id", "categories"];
            request.QueryParameters.Filter = $"receivedDateTime ge {Text(mails.Values.Min())} and receivedDateTime le {Text(mails.Values.Max().AddSeconds(1))}";
            request.QueryParameters.Top = PageSize;
            request.Headers.Add("Prefer", ImmutableIds);
        }, ct);
        for (var pages = 1; page is not null; pages++)
        {
            foreach (var mail in (page.Value ?? []).Select(Of).OfType<CategorisedMail>().Where(x => mails.ContainsKey(x.GraphId)))
            {
                found[mail.GraphId] = mail;
            }

            page = pages < MostPages && page.OdataNextLink is { } link && clients.IsOurs(link)
                ? await messages.WithUrl(link).GetAsync(request => request.Headers.Add("Prefer", ImmutableIds), ct)
                : null;
        }
    }

    private UserItemRequestBuilder Mailbox(RepKey rep) => clients.For(rep).Users[rep.RepId.ToString("D")];

    private static CategorisedMail? Of(Message? message) =>
        message is { Id: { } id } && message.AdditionalData.TryGetValue("@odata.etag", out var etag) && etag is string text
            ? new CategorisedMail(id, text, message.Categories ?? [])
            : null;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>The fewer calls, the nearer to green; never red.</summary>
    private static CategoryColor ColourOf(string name) =>
        name == MarkNames.Earned ? CategoryColor.Preset4
        : name == MarkNames.Usual[2] ? CategoryColor.Preset5
        : name == MarkNames.Usual[1] ? CategoryColor.Preset7
        : CategoryColor.Preset8;
}

/// <param name="Etag">Changes with the mail.</param>
public sealed record CategorisedMail(string GraphId, string Etag, IReadOnlyList<string> Categories);

/// <summary>A category in the mailbox's list.</summary>
public sealed record ListedCategory(string Id, string Name);
