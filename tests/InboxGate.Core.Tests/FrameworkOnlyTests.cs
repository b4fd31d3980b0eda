using InboxGate.Core.Boards;

namespace InboxGate.Core.Tests;

public sealed class FrameworkOnlyTests
{
    [Fact]
    public void The_core_refers_to_nothing_but_the_framework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        var others = typeof(Board).Assembly.GetReferencedAssemblies()
            .Where(x => !File.Exists(Path.Combine(framework, $"{x.Name}.dll")))
            .Select(x => x.Name);

        Assert.Empty(others);
    }
}
