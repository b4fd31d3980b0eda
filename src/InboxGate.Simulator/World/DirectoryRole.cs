namespace InboxGate.Simulator.World;

/// <summary>The roles of Entra ID itself that matter here, with the template ids that tokens carry as <c>wids</c>.</summary>
internal static class DirectoryRole
{
    private static readonly Dictionary<string, string> Templates = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Global Administrator"] = "62e90394-69f5-4237-9190-012177145e10",
        ["Privileged Role Administrator"] = "e8611ab8-c189-46e8-94e1-60213ab1f814",
        ["Application Administrator"] = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
        ["Cloud Application Administrator"] = "158c047a-c907-4556-b7ef-446551a6b5f7",
    };

    public static IReadOnlyCollection<string> Names => Templates.Keys;

    public static bool IsKnown(string name) => Templates.ContainsKey(name);

    public static string TemplateOf(string name) => Templates[name];
}
