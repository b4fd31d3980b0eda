using System.IO.Pipelines;
using System.Text.Json;
using InboxGate.Web.Mailbox;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
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

    /// <summary>Knows who asks, reads what was sent, and answers it.</summary>
    [HttpPost("echo")]
    public ActionResult<Constant> Echo(Constant sent) => Ok(sent);

    /// <summary>Knows who asks, and answers a constant once a row is on disk: what the least of writers makes of SQLite.</summary>
    [HttpPut("write/{id:guid}")]
    public async Task<ActionResult<Constant>> Write(Guid id, Constant sent, [FromServices] BareWriter writer)
    {
        await writer.WriteAsync(User.Rep(), id);
        return StatusCode(StatusCodes.Status201Created, sent);
    }

    /// <summary>Parses a body of notifications where it lies, and checks the state of each.</summary>
    [HttpPost("notifications")]
    [DisableRequestSizeLimit]
    [AllowAnonymous]
    public async Task<IActionResult> Notifications([FromServices] ClientState states, CancellationToken ct)
    {
        var body = Request.BodyReader;
        ReadResult read;
        while (!(read = await body.ReadAsync(ct)).IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        var areOurs = HaveOurState(new Utf8JsonReader(read.Buffer), states);
        body.AdvanceTo(read.Buffer.End);
        return areOurs ? StatusCode(StatusCodes.Status202Accepted) : BadRequest();
    }

    private static bool HaveOurState(Utf8JsonReader reader, ClientState states)
    {
        Span<byte> text = stackalloc byte[1024];
        var areOurs = true;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("clientState"u8))
            {
                reader.Read();
                areOurs &= states.TryRead(text[..reader.CopyString(text)], out _, out _);
            }
        }

        return areOurs;
    }

    public sealed record Constant(string Name, int Number);
}
