namespace InboxGate.Web;

/// <summary>
/// <c>InboxGate.Web health [address]</c>: asks the server that runs beside it whether it is ready, for containers, which have no
/// other program to ask with.
/// </summary>
public static class HealthQuestion
{
    public const string Command = "health";

    private const string UsualAddress = "http://127.0.0.1:8080";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>0 when the server is ready, 1 when it is not or does not answer within 5 s.</returns>
    public static async Task<int> AskAsync(string? address, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!Uri.TryCreate(address ?? UsualAddress, UriKind.Absolute, out var server))
        {
            await errors.WriteLineAsync($"{address} is no address; say for example {UsualAddress}.");
            return 1;
        }

        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri(server, "/health/ready"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException or NotSupportedException)
        {
            await errors.WriteLineAsync($"No answer from {server}: {silent.Message}");
            return 1;
        }
    }
}
