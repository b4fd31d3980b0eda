using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Web.Privacy;

internal static class ErasureAnswers
{
    /// <summary>A request waits so long for its end; millions of rows take longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public static ActionResult<Erased> Answer(this ControllerBase controller, Erased erased) =>
        erased.Done ? controller.Ok(erased) : controller.Accepted(erased);
}
