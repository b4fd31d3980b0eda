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
    private static readonly string[] OfOneMessage = ["id", "internetMessageId", "conversationId", "sentDateTime"];

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

    /// <summary>
    /// POST /sim/messages and /sim/sent {user, message}: one Graph message as is, answered whole; into another folder
    /// with <c>folder</c>, unheard with <c>notify: false</c>. Many at once: <c>users</c> for <c>user</c>, <c>messages</c>
    /// for <c>message</c>, and <c>times</c> copies of each, with ids of their own, <c>secondsApart</c> and ending at the
    /// clock; answered by their number and their ids.
    /// </summary>
    private async Task<IResult> Deliver(HttpRequest request, string usualFolder)
    {
        var input = await Input.ReadAsync(request, "user", "users", "message", "messages", "times", "secondsApart", "folder", "notify");
        var folder = input.OptionalText("folder") is { } named ? FolderNamed(named) : usualFolder;
        var quietly = input.OptionalFlag("notify") == false;
        if (!input.Has("users") && !input.Has("messages") && !input.Has("times"))
        {
            var message = Checked(input.Object("message"));
            return world.Write(it =>
            {
                var user = Reply.KnownUser(it, input.Text("user"));
                return Results.Json(Whole(Add(it, user, folder, message, quietly), user.Id), statusCode: StatusCodes.Status201Created);
            });
        }

        var patterns = input.OptionalArray("messages")?.Select((message, place) =>
            Checked(message as JsonObject ?? throw Refusal.Invalid($"messages[{place}] has to be an object."))).ToList() ?? [Checked(input.Object("message"))];
        var times = (int)InRange(input.OptionalWhole("times") ?? 1, 1, 100_000, "times");
        var apart = TimeSpan.FromSeconds(InRange(input.OptionalWhole("secondsApart") ?? 1, 0, 86_400, "secondsApart"));
        var users = input.OptionalTexts("users") ?? [input.Text("user")];
        var ids = new JsonArray();
        foreach (var user in users)
        {
            foreach (var pattern in patterns)
                Copy(user, pattern, times, apart, folder, quietly, ids);
        }

        return Results.Json(new JsonObject { ["count"] = ids.Count, ["internetMessageIds"] = ids }, statusCode: StatusCodes.Status201Created);
    }

    private void Copy(string address, JsonObject pattern, int times, TimeSpan apart, string folder, bool quietly, JsonArray ids)
    {
        // In portions, so that nobody waits for the lock until all are there.
        const int Portion = 500;
        var now = world.Clock.GetUtcNow();
        for (var from = 0; from < times; from += Portion)
        {
            world.Write(it =>
            {
                var user = Reply.KnownUser(it, address);
                for (var number = from; number < Math.Min(times, from + Portion); number++)
                {
                    var message = pattern;
                    if (times > 1)
                    {
                        message = (JsonObject)pattern.DeepClone();
                        foreach (var own in OfOneMessage)
                            message.Remove(own);
                        message["receivedDateTime"] = GraphTime.Seconds(now - (apart * (times - 1 - number)));
                    }

                    ids.Add(Add(it, user, folder, message, quietly).InternetMessageId);
                }

                return true;
            });
        }
    }

    private static MailItem Add(TenantWorld it, SimulatedUser user, string folder, JsonObject message, bool quietly)
    {
        var mailbox = it.MailboxOf(user.Id);
        var id = message["id"]?.ToString() is { Length: > 0 } given ? given : mailbox.NextItemId;
        if (mailbox.HasEverHeld(id))
            throw new Refusal(409, "id-taken", $"The mailbox already holds a message with the id {id}; leave id out to have one made.");

        var filled = MessageFilling.Fill(message, user, mailbox, folder == Folders.SentItems, it.Clock.GetUtcNow());
        return it.Record(new ItemAdded(user.Id, mailbox.FolderOf(folder) ?? folder, id, filled), quietly)!;
    }

    private static JsonObject Checked(JsonObject message) =>
        MessageFilling.Problem(message) is { } problem ? throw Refusal.Invalid($"message: {problem}") : message;

    private static long InRange(long number, long least, long most, string member) =>
        number >= least && number <= most ? number : throw Refusal.Invalid($"{member} is {least} to {most}.");

    private static string FolderNamed(string name)
    {
        var folder = Folders.Normalise(name);
        return folder.Length is 0 or > 100 || folder.Any(letter => char.IsControl(letter) || letter is '/' or '\'')
            ? throw Refusal.Invalid("folder has to be a folder's name, such as archive, deleteditems or inbox.")
            : folder;
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
        var folder = FolderNamed(input.Text("folder"));

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
        return Reply.Json(new JsonObject
        {
            ["inbox"] = Newest(Folders.Inbox),
            ["sent"] = Newest(Folders.SentItems),
            ["categories"] = new JsonObject(mailbox.Categories.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value.Color))),
        });

        JsonArray Newest(string folder) => [.. mailbox.ContentOf(folder).Items.All.Reverse()
            .Select(item => Whole(item, owner.Id))];
    });

    private static JsonObject Whole(MailItem item, Guid mailbox) => MessageView.Draw(item, mailbox,
        new MessageViewWishes([.. MessageView.Members.Where(member => member != "uniqueBody")], ImmutableIds: true, Bodies: true));
}
