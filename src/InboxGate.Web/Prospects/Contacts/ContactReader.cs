using System.Globalization;
using InboxGate.Web.Mailbox;
using InboxGate.Web.Marks;
using InboxGate.Web.People;
using Microsoft.Extensions.Options;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item;
using Microsoft.Kiota.Abstractions;

namespace InboxGate.Web.Prospects.Contacts;

/// <summary>Reads Outlook contacts from Microsoft Graph: the only file that knows its contacts.</summary>
public sealed class ContactReader(GraphClients clients, IOptions<MailboxOptions> options)
{
    private const int MostFolders = 100;

    /// <summary>As many folders as one batch holds are looked into for folders beneath them.</summary>
    private const int MostParents = 20;
    private static readonly string[] Selected =
        ["id", "displayName", "givenName", "surname", "companyName", "emailAddresses", "mobilePhone", "businessPhones", "categories"];

    /// <param name="folderId">Empty for the default folder.</param>
    /// <param name="link">From the page before; null begins with all contacts of the folder.</param>
    /// <exception cref="DeltaExpiredException">The link is too old: begin anew.</exception>
    public async Task<ContactPage> ChangesAsync(RepKey rep, string folderId, string? link, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folderId);
        if (link is not null && !clients.IsOurs(link))
        {
            throw new DeltaExpiredException();
        }

        var first = folderId.Length == 0
            ? Mailbox(rep).Contacts.Delta.ToGetRequestInformation(request => request.QueryParameters.Select = Selected)
            : Mailbox(rep).ContactFolders[folderId].Contacts.Delta.ToGetRequestInformation(request => request.QueryParameters.Select = Selected);
        try
        {
            var page = await Mailbox(rep).Contacts.Delta.WithUrl(link ?? first.URI.AbsoluteUri).GetAsDeltaGetResponseAsync(
                request => request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"{MailboxReader.ImmutableIds}, odata.maxpagesize={options.Value.PageSize}")),
                ct);
            return Page(
                page?.Value,
                page?.OdataNextLink ?? page?.OdataDeltaLink ?? throw new InvalidDataException("A delta page has neither a next link nor a delta link."),
                isLast: page.OdataNextLink is null);
        }
        catch (ODataError error) when (MailboxReader.IsExpired(error))
        {
            throw new DeltaExpiredException();
        }
    }

    /// <summary>These contacts whole; null where they are gone.</summary>
    public async Task<Fetched<OutlookContact?>> FetchAsync(RepKey rep, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0)
        {
            return Fetched<OutlookContact?>.Nothing;
        }

        var answers = await GraphBatch.SendAsync(clients.For(rep), ids.Select(id => (id, Mailbox(rep).Contacts[id].ToGetRequestInformation(request =>
        {
            request.QueryParameters.Select = Selected;
            request.Headers.Add("Prefer", MailboxReader.ImmutableIds);
        }))), ct);
        var found = new Dictionary<string, OutlookContact?>(StringComparer.Ordinal);
        foreach (var (id, answer) in answers.Where(x => !x.Value.IsPassing))
        {
            found[id] = answer.Status is StatusCodes.Status404NotFound or StatusCodes.Status410Gone
                ? null
                : answer.IsOk ? Of(await answer.ReadAsync(Contact.CreateFromDiscriminatorValue, ct)) : throw await answer.FailureAsync(ct);
        }

        return new(found, [.. answers.Keys.Where(x => !found.ContainsKey(x))], answers.Values.Where(x => x.IsPassing).Max(x => x.RetryAfter));
    }

    /// <summary>The folders beside the default one, those within others by both names, and the mailbox's categories as far as those may be read.</summary>
    /// <exception cref="ApiException">The service refused, or was too busy.</exception>
    public async Task<ContactChoices> ChoicesAsync(RepKey rep, CancellationToken ct)
    {
        const string Folders = "folders", Categories = "categories";
        var client = clients.For(rep);
        var answers = await GraphBatch.SendAsync(
            client,
            [
                (Folders, Mailbox(rep).ContactFolders.ToGetRequestInformation(request =>
                {
                    request.QueryParameters.Select = ["id", "displayName"];
                    request.QueryParameters.Top = MostFolders;
                })),
                (Categories, Mailbox(rep).Outlook.MasterCategories.ToGetRequestInformation()),
            ],
            ct);
        if (!answers[Folders].IsOk)
        {
            throw await answers[Folders].FailureAsync(ct);
        }

        var folders = FoldersOf(await answers[Folders].ReadAsync(ContactFolderCollectionResponse.CreateFromDiscriminatorValue, ct));
        var within = await GraphBatch.SendAsync(
            client,
            folders.Take(MostParents).Select(x => (x.Id, Mailbox(rep).ContactFolders[x.Id].ChildFolders.ToGetRequestInformation(request =>
            {
                request.QueryParameters.Select = ["id", "displayName"];
                request.QueryParameters.Top = MostFolders;
            }))),
            ct);
        List<NamedFolder> all = [];
        foreach (var folder in folders)
        {
            all.Add(folder);
            var children = within.TryGetValue(folder.Id, out var answer) ? await answer.ReadIfOkAsync(ContactFolderCollectionResponse.CreateFromDiscriminatorValue, ct) : null;
            all.AddRange(FoldersOf(children).Select(x => x with { Name = $"{folder.Name} / {x.Name}" }));
        }

        var categories = await answers[Categories].ReadIfOkAsync(OutlookCategoryCollectionResponse.CreateFromDiscriminatorValue, ct);
        return new ContactChoices(
            all,
            [.. (categories?.Value ?? []).Select(x => x.DisplayName).OfType<string>().Where(x => !MarkNames.IsOurs(x)).Order(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>A folder's name; null for the default folder, whose name is the same everywhere. Asking shows whether contacts may be read.</summary>
    /// <exception cref="ApiException">The service refused, or there is no such folder.</exception>
    public async Task<string?> NameAsync(RepKey rep, string folderId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folderId);
        if (folderId.Length > 0)
        {
            return (await Mailbox(rep).ContactFolders[folderId].GetAsync(request => request.QueryParameters.Select = ["id", "displayName"], ct))?.DisplayName;
        }

        await Mailbox(rep).Contacts.GetAsync(request =>
        {
            request.QueryParameters.Select = ["id"];
            request.QueryParameters.Top = 1;
        }, ct);
        return null;
    }

    private UserItemRequestBuilder Mailbox(RepKey rep) => clients.For(rep).Users[rep.RepId.ToString("D")];

    private static List<NamedFolder> FoldersOf(ContactFolderCollectionResponse? answer) =>
        [.. (answer?.Value ?? []).Where(x => x.Id is not null).Select(x => new NamedFolder(x.Id!, x.DisplayName ?? ""))];

    private static ContactPage Page(List<Contact>? contacts, string link, bool isLast)
    {
        // A contact may come several times in a page: what is said last holds.
        var items = (contacts ?? []).Where(x => x.Id is not null).GroupBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Last()).ToList();
        var present = items.Where(x => !x.AdditionalData.ContainsKey("@removed")).ToLookup(IsPartial);
        return new ContactPage(
            [.. present[false].Select(Of).OfType<OutlookContact>()],
            [.. present[true].Select(x => x.Id!)],
            [.. items.Where(x => x.AdditionalData.ContainsKey("@removed")).Select(x => x.Id!)],
            link,
            isLast);
    }

    /// <summary>Lists are empty where there is nothing, and missing where nothing was told.</summary>
    private static bool IsPartial(Contact contact) => contact.EmailAddresses is null || contact.Categories is null || contact.BusinessPhones is null;

    private static OutlookContact? Of(Contact? contact) => contact?.Id is null ? null : new OutlookContact(
        contact.Id,
        FirstOf(contact.DisplayName, $"{contact.GivenName} {contact.Surname}"),
        FirstOf(contact.CompanyName),
        [.. (contact.EmailAddresses ?? []).Select(x => x.Address).OfType<string>()],
        [.. (contact.BusinessPhones ?? []).Prepend(contact.MobilePhone).OfType<string>()],
        contact.Categories ?? []);

    private static string? FirstOf(params string?[] texts) => texts.FirstOrDefault(x => !string.IsNullOrWhiteSpace(x));
}

/// <summary>One page of a folder's contacts that have changed.</summary>
/// <param name="Partial">Ids of contacts of which only what changed was told.</param>
/// <param name="Removed">Ids of contacts that have left the folder.</param>
/// <param name="Link">Where to go on: the next page or, when <paramref name="IsLast"/>, the next round.</param>
public sealed record ContactPage(
    IReadOnlyList<OutlookContact> Contacts, IReadOnlyList<string> Partial, IReadOnlyList<string> Removed, string Link, bool IsLast)
{
    public bool IsEmpty => Contacts.Count + Partial.Count + Removed.Count == 0;
}

/// <summary>What is taken from a contact, as it is written there; no more is asked for.</summary>
/// <param name="Phones">The mobile number first, then those of the business.</param>
public sealed record OutlookContact(
    string Id, string? Name, string? Company, IReadOnlyList<string> Addresses, IReadOnlyList<string> Phones, IReadOnlyList<string> Categories);

public sealed record ContactChoices(IReadOnlyList<NamedFolder> Folders, IReadOnlyList<string> Categories);

/// <param name="Id">Graph's; empty for the default folder.</param>
public sealed record NamedFolder(string Id, string Name);
