using InboxGate.Simulator;

namespace InboxGate.Demo;

/// <summary>What an administrator does: fetches the product's manifest and deploys it to everybody.</summary>
internal static class AddIn
{
    public static async Task DeployAsync(SimulatorHost simulator, Uri product, CancellationToken ct)
    {
        using var client = new HttpClient();
        var manifest = await client.GetStringAsync(new Uri(product, "/manifest/outlook.xml"), ct);
        using var answer = await client.PostAsJsonAsync(new Uri(simulator.HttpAddress, "/sim/addins"), new { manifest }, ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Outlook does not take the manifest: {await answer.Content.ReadAsStringAsync(ct)}");
        }
    }
}
