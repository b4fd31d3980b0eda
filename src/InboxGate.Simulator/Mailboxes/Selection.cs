namespace InboxGate.Simulator.Mailboxes;

/// <summary>What a $select asks for.</summary>
internal static class Selection
{
    /// <param name="spelling">Every member there is, as Graph spells it, found without regard to case.</param>
    /// <returns>The members, null for all that are shown unasked; and the name that is no member, if there is one.</returns>
    public static (IReadOnlyList<string>? Members, string? Unknown) Read(string? select, IReadOnlyDictionary<string, string> spelling)
    {
        if (string.IsNullOrWhiteSpace(select))
            return (null, null);

        var names = select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => !spelling.ContainsKey(name));
        return unknown is null ? ([.. names.Select(name => spelling[name]).Distinct()], null) : (null, unknown);
    }
}
