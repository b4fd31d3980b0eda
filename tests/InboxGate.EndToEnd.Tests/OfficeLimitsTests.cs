using System.Text.Json;

namespace InboxGate.EndToEnd.Tests;

/// <summary>The stub of Office.js fails where Outlook fails, and in the same way.</summary>
public sealed class OfficeLimitsTests(Browser browser)
{
    [Fact]
    public async Task The_stub_refuses_what_Outlook_refuses()
    {
        await using var demo = await Demo.StartAsync(TestContext.Current.CancellationToken);
        var outlook = await browser.OpenAsync(demo.Outlook);
        await outlook.SelectAsync("Which discount did we give Woodgrove?");
        await outlook.ShowsBannerAsync("3 calls before this answer");

        var answers = await outlook.PaneFrame.EvaluateAsync<JsonElement>("""
            async () => {
              const bars = Office.context.mailbox.item.notificationMessages;
              const text = { type: 'informationalMessage', message: 'Hello', icon: 'Icon.16', persistent: true };
              const thrown = (act) => { try { act(); return 'nothing'; } catch (error) { return error.name; } };
              const result = (method, ...args) => new Promise((resolve) => bars[method](...args, (answer) => resolve(answer.error?.name ?? answer.status)));
              const many = [];
              for (const key of ['a', 'b', 'c', 'd', 'e']) many.push(await result('addAsync', key, text));
              return {
                long: thrown(() => bars.addAsync('k', { ...text, message: 'x'.repeat(151) })),
                longest: await result('replaceAsync', 'gate', { ...text, message: 'x'.repeat(150) }),
                longKey: thrown(() => bars.addAsync('k'.repeat(33), text)),
                noIcon: thrown(() => bars.addAsync('k', { ...text, icon: undefined })),
                noPersistent: thrown(() => bars.addAsync('k', { ...text, persistent: undefined })),
                errorWithIcon: thrown(() => bars.addAsync('k', { type: 'errorMessage', message: 'x', icon: 'Icon.16' })),
                insight: await result('replaceAsync', 'gate', { type: 'insightMessage', message: 'x', icon: 'i', actions: [{}] }),
                actions: await result('replaceAsync', 'gate', { ...text, actions: [{}] }),
                missing: await result('removeAsync', 'never'),
                many,
                pushState: String(history.pushState),
                confirm: thrown(() => confirm('Sure?')),
              };
            }
            """);

        string Answer(string name) => answers.GetProperty(name).GetString()!;
        Assert.Equal("Sys.ArgumentOutOfRangeException", Answer("long"));
        Assert.Equal("succeeded", Answer("longest"));
        Assert.Equal("Sys.ArgumentOutOfRangeException", Answer("longKey"));
        Assert.StartsWith("Sys.Argument", Answer("noIcon"), StringComparison.Ordinal);
        Assert.StartsWith("Sys.Argument", Answer("noPersistent"), StringComparison.Ordinal);
        Assert.Equal("Sys.ArgumentException", Answer("errorWithIcon"));
        Assert.NotEqual("succeeded", Answer("insight"));
        Assert.NotEqual("succeeded", Answer("actions"));
        Assert.NotEqual("succeeded", Answer("missing"));
        Assert.Equal("null", Answer("pushState"));
        Assert.Equal("Error", Answer("confirm"));
        // One is the gate's own; five make the item full.
        Assert.Equal(
            ["succeeded", "succeeded", "succeeded", "succeeded", "NumberOfNotificationMessagesExceeded"],
            answers.GetProperty("many").EnumerateArray().Select(answer => answer.GetString()));
    }
}
