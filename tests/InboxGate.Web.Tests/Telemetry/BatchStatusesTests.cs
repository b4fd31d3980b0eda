using System.Text;
using InboxGate.Web.Telemetry;

namespace InboxGate.Web.Tests.Telemetry;

public sealed class BatchStatusesTests
{
    [Theory]
    [InlineData("""{"responses":[]}""", 0)]
    [InlineData("""{"responses":[{"id":"1","status":200,"body":{"status":429,"error":{"status":429}}}]}""", 0)]
    [InlineData("""{"responses":[{"id":"1","status":429,"headers":{"Retry-After":"3"}},{"id":"2","status":200},{"status": 429,"id":"3"}]}""", 2)]
    [InlineData("""{"responses":[{"status":"429"}]}""", 0)]
    [InlineData("""{"responses":[{"status":429},""", 1)]
    [InlineData("<html>", 0)]
    [InlineData("", 0)]
    public void Only_the_items_own_statuses_count(string answer, int throttled) =>
        Assert.Equal(throttled, BatchStatuses.Throttled(Encoding.UTF8.GetBytes(answer)));
}
