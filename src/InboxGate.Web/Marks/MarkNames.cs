using System.Globalization;
using System.Text.RegularExpressions;
using InboxGate.Core.Boards;
using InboxGate.Core.Gates;

namespace InboxGate.Web.Marks;

/// <summary>The categories by which the message list says how many calls come first.</summary>
public static partial class MarkNames
{
    public const string Earned = "InboxGate: earned";

    /// <summary>Those that most mail needs; others are made on demand.</summary>
    public static readonly IReadOnlyList<string> Usual = [CallsFirst(3), CallsFirst(2), CallsFirst(1), Earned];

    /// <summary>What the mail behind a gate carries; null once the gate is closed.</summary>
    public static string? Of(BoardGateRow gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return gate.State switch
        {
            GateState.Pending => CallsFirst(gate.CallsRemaining),
            GateState.Earned => Earned,
            _ => null,
        };
    }

    /// <summary>Whether a category is one of these, whatever its case: Outlook tells categories apart without regard to it.</summary>
    public static bool IsOurs(string category) => Ours().IsMatch(category);

    private static string CallsFirst(int calls) =>
        calls == 1 ? "InboxGate: 1 call first" : string.Create(CultureInfo.InvariantCulture, $"InboxGate: {calls} calls first");

    [GeneratedRegex("^InboxGate: (earned|1 call first|[0-9]{1,2} calls first)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ours();
}
