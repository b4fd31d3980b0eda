using System.ComponentModel.DataAnnotations;

namespace InboxGate.Web.Pane;

public sealed class PaneOptions
{
    public const string Section = "Pane";

    /// <summary>Where Office.js comes from; government clouds have their own.</summary>
    [Required] public Uri OfficeScript { get; init; } = new("https://appsforoffice.microsoft.com/lib/1/hosted/office.js");

    /// <summary>The built pane; beside the program when left out.</summary>
    public string? Folder { get; init; }

    /// <summary>Who may frame the pages, beside themselves: Outlook's own addresses unless set.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];
}
