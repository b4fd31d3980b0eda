using System.Text.Json.Nodes;
using InboxGate.Simulator.Mailboxes;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace InboxGate.Simulator.Control;

/// <summary>Mail comes, goes and is moved.</summary>
internal sealed class MailApi(TenantWorld world)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        sim.MapPost("/messages", (HttpRequest request) => Deliver(request, Folders.Inbox));
        sim.MapPost("/sent", (HttpRequest request) => Deliver(request, Folders.SentItems));
        sim.MapDelete("/messages/{**id}", Delete);
        sim.MapPost("/moves", Move);
        sim.MapPost("/categories", Categorise);
        sim.MapPost("/reads", Read);
        sim.MapGet("/mailbox", Mailbox);
    }

    private async Task<IResult> Deliver(HttpRequest request, string folder)
    {
        var input = await Input.ReadAsync(request, "user", "message");
        var message = input.Object("message");
        if (MessageFilling.Problem(message) is { } problem)
            throw Refusal.Invalid($"message: {problem}");

        return world.Write(it =>
        {
            var user = Reply.KnownUser(it, input.Text("user"));
            var mailbox = it.MailboxOf(user.Id);
            var id = message["id"]?.ToString() is { Length: > 0 } given ? given : mailbox.NextItemId;
            if (mailbox.HasEverHeld(id))
                throw new Refusal(409, "id-taken", $"The mailbox already holds a message with the id {id}; leave id out to have one made.");

            var filled = MessageFilling.Fill(message, user, mailbox, folder == Folders.SentItems, it.Clock.GetUtcNow());
            var item = it.Record(new ItemAdded(user.Id, folder, id, filled))!;
            return Results.Json(Whole(item, user.Id), statusCode: StatusCodes.Status201Created);
        });
    }

    private IResult Delete(HttpContext context, string? user)
    {
        // From the request line: the decoded route value no longer tells an escaped slash from a real one.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var id = Uri.UnescapeDataString(target["/sim/messages/".Length..]);
        return world.Write(it =>
        {
            var owner = Reply.KnownUser(it, user ?? throw Refusal.Invalid("user is required: DELETE /sim/messages/{internetMessageId}?user=…"));
            var mailbox = it.MailboxOf(owner.Id);
            var all = mailbox.WithInternetMessageId(id).ToList();
            var inInbox = all.FindAll(item => item.Folder == Folders.Inbox);
            if (all.Count == 0)
                throw Refusal.UnknownMessage(id);

            foreach (var item in inInbox.Count > 0 ? inInbox : all)
                it.Record(new ItemDeleted(owner.Id, item.Id));
            return Results.NoContent();
        });
    }

    private async Task<IResult> Move(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "internetMessageId", "folder");
        var id = input.Text("internetMessageId");
        var folder = Folders.Normalise(input.Text("folder"));
        if (folder.Length is 0 or > 100 || folder.Any(letter => char.IsControl(letter) || letter is '/' or '\''))
            throw Refusal.Invalid("folder has to be a folder's name, such as archive, deleteditems or inbox.");

        return world.Write(it =>
        {
            var user = Reply.KnownUser(it, input.Text("user"));
            var mailbox = it.MailboxOf(user.Id);
            folder = mailbox.FolderOf(folder) ?? folder;
            var elsewhere = mailbox.WithInternetMessageId(id).Where(item => item.Folder != folder).ToList();
            var item = elsewhere.Find(found => found.Folder == Folders.Inbox) ?? elsewhere.FirstOrDefault();
            if (item is null)
            {
                var alreadyThere = mailbox.WithInternetMessageId(id).FirstOrDefault() ?? throw Refusal.UnknownMessage(id);
                return Results.Json(Whole(alreadyThere, user.Id));
            }

            it.Record(new ItemMoved(user.Id, item.Id, folder, it.Clock.GetUtcNow()));
            return Results.Json(Whole(item, user.Id));
        });
    }

    /// <summary>POST /sim/categories {user, internetMessageId, categories}: the user's own hand in Outlook.</summary>
    private async Task<IResult> Categorise(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "internetMessageId", "categories");
        var categories = input.OptionalTexts("categories") ?? throw Refusal.Invalid("categories has to be a list of texts; an empty one clears them.");
        return Change(input, new JsonObject { ["categories"] = Reply.Texts(categories) });
    }

    /// <summary>POST /sim/reads {user, internetMessageId, isRead}: the user opens a mail, or marks it as unread again.</summary>
    private async Task<IResult> Read(HttpRequest request)
    {
        var input = await Input.ReadAsync(request, "user", "internetMessageId", "isRead");
        return Change(input, new JsonObject { ["isRead"] = input.OptionalFlag("isRead") ?? true });
    }

    private IResult Change(Input input, JsonObject changes) => world.Write(it =>
    {
        var user = Reply.KnownUser(it, input.Text("user"));
        var all = it.MailboxOf(user.Id).WithInternetMessageId(input.Text("internetMessageId")).ToList();
        var item = all.Find(found => found.Folder == Folders.Inbox) ?? all.FirstOrDefault() ?? throw Refusal.UnknownMessage(input.Text("internetMessageId"));
        changes["lastModifiedDateTime"] = GraphTime.Seconds(it.Clock.GetUtcNow());
        it.Record(new ItemChanged(user.Id, item.Id, changes));
        return Reply.Json(Whole(item, user.Id));
    });

    private IResult Mailbox(string? user) => world.Read(it =>
    {
        var owner = Reply.KnownUser(it, user ?? throw Refusal.Invalid("user is required: GET /sim/mailbox?user=…"));
        var mailbox = it.MailboxOf(owner.Id);
        return Reply.Json(new JsonObject { ["inbox"] = Newest(Folders.Inbox), ["sent"] = Newest(Folders.SentItems) });

        JsonArray Newest(string folder) => [.. mailbox.ContentOf(folder).Items.All.Reverse()
            .Select(item => Whole(item, owner.Id))];
    });

    private static JsonObject Whole(MailItem item, Guid mailbox) => MessageView.Draw(item, mailbox,
        new MessageViewWishes([.. MessageView.Members.Where(member => member != "uniqueBody")], ImmutableIds: true, Bodies: true));
}
