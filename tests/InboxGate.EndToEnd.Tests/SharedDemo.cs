namespace InboxGate.EndToEnd.Tests;

/// <summary>One demo for all tests of a class that leave its mail and calls as they were.</summary>
public sealed class SharedDemo : IAsyncLifetime
{
    internal Demo Demo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Demo = await Demo.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Demo.DisposeAsync();
}
