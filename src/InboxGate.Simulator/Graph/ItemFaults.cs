using System.Text.Json.Nodes;
using InboxGate.Simulator.Faults;
using InboxGate.Simulator.World;

namespace InboxGate.Simulator.Graph;

/// <summary>Neither the order of a list is promised, nor that an item comes once, nor, in a delta, that it comes whole.</summary>
internal static class ItemFaults
{
    private const int MostReplayed = 20;

    private static readonly string[] MayHaveChanged =
        ["@odata.type", "@odata.etag", "id", "changeKey", "categories", "isRead", "flag", "lastModifiedDateTime"];

    /// <summary>Of a contact not even its categories have to come along.</summary>
    private static readonly string[] MayHaveChangedOfContact = ["@odata.type", "@odata.etag", "id", "changeKey", "lastModifiedDateTime"];

    /// <summary>Changes the items of an answer; false when there is nothing that this kind could change.</summary>
    public static bool Strike(FaultKind kind, GraphRequest request, JsonArray items, TenantWorld world, SimulatedUser user) => kind switch
    {
        FaultKind.DuplicateItems => Duplicate(items),
        FaultKind.ReorderItems => Reorder(items),
        FaultKind.PartialItems => IsDelta(request) && CutDown(items, ContactDelta.Is(request) ? MayHaveChangedOfContact : MayHaveChanged),
        FaultKind.ReplayItems => IsDelta(request) && Replay(request, items, world, user),
        _ => false,
    };

    private static bool IsDelta(GraphRequest request) => request.Word(request.Segments.Count - 1) == "delta";

    private static bool Duplicate(JsonArray items)
    {
        foreach (var copy in items.Select(item => item?.DeepClone()).Reverse().ToList())
            items.Add(copy);
        return items.Count > 0;
    }

    private static bool Reorder(JsonArray items)
    {
        var turned = items.Select(item => item?.DeepClone()).Reverse().ToList();
        items.Clear();
        turned.ForEach(items.Add);
        return items.Count > 1;
    }

    private static bool CutDown(JsonArray items, string[] kept)
    {
        var isCut = false;
        foreach (var item in items.OfType<JsonObject>().Where(item => !item.ContainsKey("@removed")))
        {
            foreach (var name in item.Select(member => member.Key).Except(kept).ToList())
                isCut |= item.Remove(name);
        }

        return isCut;
    }

    private static bool Replay(GraphRequest request, JsonArray items, TenantWorld world, SimulatedUser user)
    {
        var (shown, removals) = ContactDelta.Is(request)
            ? (ContactDelta.ShownBefore(request, world, user, MostReplayed), [])
            : DeltaRoute.ShownBefore(request, world, user, MostReplayed);
        foreach (var item in shown.Reverse())
            items.Insert(0, item);
        foreach (var removal in removals)
            items.Add(removal);
        return shown.Count > 0;
    }
}
