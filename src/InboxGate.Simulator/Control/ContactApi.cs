using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>The user's own hand in the address book.</summary>
internal sealed class ContactApi(TenantWorld world)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/contacts", Contacts);
        sim.MapPost("/contacts", Save);
        sim.MapDelete("/contacts/{**id}", (HttpContext context, string? user) => Delete(context, user, "/sim/contacts/", DeleteContact));
        sim.MapPost("/contactFolders", SaveFolder);
        sim.MapDelete("/contactFolders/{**id}", (HttpContext context, string? user) => Delete(context, user, "/sim/contactFolders/", DeleteFolder));
    }

    /// <summary>GET /sim/contacts?user=: all, whatever their folder.</summary>
    private IResult Contacts(string? user) => world.Read(it =>
    {
        var book = it.MailboxOf(Owner(it, user).Id).Contacts;
        return Reply.Json(new JsonArray([.. FoldersBelow(book, book.Default)
            .SelectMany(folder => book.ContentOf(folder.Id)).Select(item => ContactView.Draw(item, null, immutableIds: true))]));
    });

    /// <summary>
    /// POST /sim/contacts {user, contact, folder?}: one Graph contact as is, answered whole; many with <c>contacts</c> for
    /// <c>contact</c>, answered by their ids. With the id of a known one its named members are replaced, and with another
    /// folder it moves there. <c>folder</c> is an id; without it a new one lies in the default folder.
    /// </summary>
    private async Task<IResult> Save(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "contact", "contacts", "folder");
        var contacts = input.OptionalArray("contacts")?.Select((contact, place) =>
            Checked(contact as JsonObject ?? throw Refusal.Invalid($"contacts[{place}] has to be an object."))).ToList();
        if (contacts is not null)
        {
            return world.Write(it =>
            {
                var many = Reply.KnownUser(it, input.Text("user"));
                return Results.Json(
                    new JsonObject { ["ids"] = Reply.Texts(contacts.ConvertAll(contact => Keep(it, many, contact, input.OptionalText("folder")).Id)) },
                    statusCode: StatusCodes.Status201Created);
            });
        }

        var one = Checked(input.Object("contact"));
        return world.Write(it => Results.Json(
            ContactView.Draw(Keep(it, Reply.KnownUser(it, input.Text("user")), one, input.OptionalText("folder")), null, immutableIds: true),
            statusCode: StatusCodes.Status201Created));
    }

    private static ContactItem Keep(TenantWorld it, SimulatedUser user, JsonObject contact, string? folderNamed)
    {
        var book = it.MailboxOf(user.Id).Contacts;
        var id = contact["id"]?.ToString() is { Length: > 0 } given ? given : book.NextItemId;
        var isKnown = book.TryFind(id, out var known);
        if (!isKnown && book.HasEverHeld(id))
            throw new Refusal(409, "id-taken", $"A contact with the id {id} was deleted; leave id out to have one made.");

        var folder = folderNamed is null ? known?.Folder ?? book.Default.Id : FolderNamed(book, folderNamed).Id;
        // A contact may also be named by the id that Graph showed.
        id = known?.Id ?? id;
        it.Record(new ContactSaved(user.Id, folder, id, ContactFilling.Fill(contact, !isKnown, it.Clock.GetUtcNow())));
        return book.TryFind(id, out var saved) ? saved : throw new InvalidOperationException("A contact that was saved is not there.");
    }

    /// <summary>POST /sim/contactFolders {user, displayName, parent?}: answered with its id; the same name again answers the same folder.</summary>
    private async Task<IResult> SaveFolder(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "displayName", "parent");
        var name = input.Text("displayName").Trim();
        if (name.Length is 0 or > 255)
            throw Refusal.Invalid("displayName has 1 to 255 characters.");

        return world.Write(it =>
        {
            var user = Reply.KnownUser(it, input.Text("user"));
            var book = it.MailboxOf(user.Id).Contacts;
            var parent = input.OptionalText("parent") is { } named ? FolderNamed(book, named) : book.Default;
            var known = book.ChildrenOf(parent.Id).FirstOrDefault(folder => folder.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var folder = known ?? new ContactFolder(book.NextFolderId, parent.Id, name);
            if (known is null)
                it.Record(new ContactFolderSaved(user.Id, folder.Id, parent.Id, name));
            return Results.Json(
                new JsonObject { ["id"] = folder.Id, ["displayName"] = folder.Name, ["parentFolderId"] = folder.ParentId },
                statusCode: known is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        });
    }

    private IResult Delete(HttpContext context, string? user, string path, Action<TenantWorld, SimulatedUser, string> delete)
    {
        // From the request line: the decoded route value no longer tells an escaped slash from a real one.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var id = Uri.UnescapeDataString(target[path.Length..]);
        return world.Write(it =>
        {
            delete(it, Owner(it, user), id);
            return Results.NoContent();
        });
    }

    private static void DeleteContact(TenantWorld it, SimulatedUser user, string id)
    {
        if (!it.MailboxOf(user.Id).Contacts.TryFind(id, out var item))
            throw new Refusal(404, "unknown-contact", $"There is no contact with the id {id}.");

        it.Record(new ContactDeleted(user.Id, item.Id));
    }

    private static void DeleteFolder(TenantWorld it, SimulatedUser user, string id)
    {
        var book = it.MailboxOf(user.Id).Contacts;
        var folder = FolderNamed(book, id);
        if (folder.ParentId is null)
            throw Refusal.Invalid("The default folder cannot be deleted.");

        it.Record(new ContactFolderDeleted(user.Id, folder.Id));
    }

    private static SimulatedUser Owner(TenantWorld it, string? user) =>
        Reply.KnownUser(it, user ?? throw Refusal.Invalid("user is required, as in ?user=ann@contoso.com."));

    private static ContactFolder FolderNamed(ContactBook book, string id) =>
        book.FindFolder(id) ?? throw new Refusal(404, "unknown-folder", $"There is no folder of contacts with the id {id}.");

    private static IEnumerable<ContactFolder> FoldersBelow(ContactBook book, ContactFolder folder) =>
        book.ChildrenOf(folder.Id).SelectMany(child => FoldersBelow(book, child)).Prepend(folder);

    private static JsonObject Checked(JsonObject contact) =>
        ContactFilling.Problem(contact) is { } problem ? throw Refusal.Invalid($"contact: {problem}") : contact;
}
