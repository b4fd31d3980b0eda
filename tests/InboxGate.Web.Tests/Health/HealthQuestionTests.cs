using InboxGate.Web.Tests.Stories;

namespace InboxGate.Web.Tests.Health;

/// <summary>What a container asks of the server in it.</summary>
public sealed class HealthQuestionTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_server_that_is_ready_says_so()
    {
        await using var world = await World.StartAsync(Database.Sqlite, postgres);

        Assert.Equal(0, await HealthQuestion.AskAsync(world.Address.ToString(), TextWriter.Null));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("the server")]
    [InlineData("ftp://127.0.0.1")]
    public async Task What_does_not_answer_is_not_ready_and_the_reason_is_told(string address)
    {
        using var errors = new StringWriter();

        Assert.Equal(1, await HealthQuestion.AskAsync(address, errors));
        Assert.Contains(address, errors.ToString(), StringComparison.Ordinal);
    }
}
