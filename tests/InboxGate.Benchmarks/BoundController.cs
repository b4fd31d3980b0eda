using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace InboxGate.Benchmarks;

/// <summary>What an honest endpoint of the same host does at the least; what the product does is measured against it.</summary>
[ApiController]
[Authorize]
[Route("bound")]
public sealed class BoundController : ControllerBase
{
    private static readonly Constant Answer = new("constant", 42);

    /// <summary>Knows who asks, and answers a constant.</summary>
    [HttpGet("read")]
    public ActionResult<Constant> Read() => Ok(Answer);

    /// <summary>Answers a constant to anybody.</summary>
    [HttpGet("anonymous")]
    [AllowAnonymous]
    public ActionResult<Constant> Anonymous() => Ok(Answer);

    public sealed record Constant(string Name, int Number);
}
