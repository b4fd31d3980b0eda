using System.Text.Json;
using InboxGate.Web.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Prospects.Import;

/// <summary>
/// The report; or, for whoever accepts <c>application/x-ndjson</c>, one line of JSON after the other while it is worked on,
/// <c>{"rows", "of"}</c> with <c>of</c> from 0 to 1, and in the last one the <c>report</c> or the <c>problem</c>.
/// </summary>
internal sealed class ImportAnswer(Func<ImportProgress, CancellationToken, Task<ImportReport>> work) : IActionResult
{
    private const string Lines = "application/x-ndjson";
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var progress = new ImportProgress();
        if (!http.Request.GetTypedHeaders().Accept.Any(x => x.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase)))
        {
            await new ObjectResult(await work(progress, http.RequestAborted)).ExecuteResultAsync(context);
            return;
        }

        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        http.Response.ContentType = Lines;
        http.Response.Headers.CacheControl = "no-store";
        await WriteAsync(new { rows = 0, of = 0.0 });
        object last;
        try
        {
            last = new { report = (object)await WorkAsync() };
        }
        catch (RefusalException refusal)
        {
            last = new { problem = ProblemAnswers.Of(refusal) };
        }

        await WriteAsync(last);

        async Task<ImportReport> WorkAsync()
        {
            var working = work(progress, http.RequestAborted);
            using var timer = new PeriodicTimer(BetweenLines);
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            while (await Task.WhenAny(working, tick) != working)
            {
                tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
                // A reader who is gone ends the work by the request's token; a slow one does not hold it up.
                if (!http.RequestAborted.IsCancellationRequested)
                {
                    await WriteAsync(new { rows = progress.Rows, of = Math.Round(progress.Share, 3) });
                }
            }

            return await working;
        }

        async Task WriteAsync(object line)
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, line, json, CancellationToken.None);
            await http.Response.Body.WriteAsync(LineEnd, CancellationToken.None);
            await http.Response.Body.FlushAsync(CancellationToken.None);
        }
    }
}
