using System.Net;

namespace InboxGate.Simulator.Tests;

public sealed class PageTests
{
    [Theory]
    [InlineData("/?user=ann@contoso.com", "text/html")]
    [InlineData("/office.js", "text/javascript")]
    public async Task The_look_alike_is_served_fresh_each_time_to_any_site(string path, string type)
    {
        await using var simulation = await Simulation.StartAsync();

        using var response = await simulation.Http.GetAsync(path, Simulation.Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoCache);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.NotEmpty(await response.Content.ReadAsStringAsync(Simulation.Stop));
    }

    [Theory]
    [InlineData("/no-such-page", HttpStatusCode.NotImplemented)]
    [InlineData("/../SimulatorHost.cs", HttpStatusCode.NotImplemented)]
    [InlineData("/sim/no-such-call", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_a_problem_that_names_it(string path, HttpStatusCode expected)
    {
        await using var simulation = await Simulation.StartAsync();

        using var response = await simulation.Http.GetAsync(path, Simulation.Stop);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains($"GET {new Uri(simulation.Host.HttpAddress, path).AbsolutePath}", await response.Content.ReadAsStringAsync(Simulation.Stop), StringComparison.Ordinal);
    }
}
