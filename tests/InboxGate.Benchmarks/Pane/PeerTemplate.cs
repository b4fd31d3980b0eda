using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InboxGate.Benchmarks.Pane;

/// <summary>
/// Microsoft's own template for a task pane in React, built as its package says. It is fetched and built outside the
/// repository, and nothing of it stays.
/// </summary>
internal static partial class PeerTemplate
{
    public const string PublicSource = "https://github.com/OfficeDev/Office-Addin-TaskPane-React";
    private const string Page = "taskpane.html";

    /// <param name="source">Where to clone it from, or a folder of it, built or not.</param>
    /// <param name="work">Where it may be cloned to.</param>
    /// <returns>The folder with its built pane; null when it cannot be had, and then why is reported.</returns>
    public static async Task<string?> BuildAsync(string source, string work, TextWriter report)
    {
        if (File.Exists(Path.Combine(source, "dist", Page)))
        {
            return Path.Combine(source, "dist");
        }

        var folder = Path.Combine(work, "template");
        // Also from a folder of it, which stays as it is.
        if (await IsRunAsync(report, work, "git", "clone", "--quiet", "--depth", "1", source, folder)
            && Reduce(folder)
            && await IsRunAsync(report, folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
            && await IsRunAsync(report, folder, "npm", "run", "--silent", "build")
            && File.Exists(Path.Combine(folder, "dist", Page)))
        {
            return Path.Combine(folder, "dist");
        }

        return null;
    }

    /// <summary>
    /// What its tests and its debugging need is left out, because nothing of that is in the built pane and not every
    /// registry has it; and its lock file, which names a feed of Microsoft's own in place of the reader's registry.
    /// </summary>
    private static bool Reduce(string folder)
    {
        File.Delete(Path.Combine(folder, ".npmrc"));
        File.Delete(Path.Combine(folder, "package-lock.json"));
        if (Path.Combine(folder, "test") is var tests && Directory.Exists(tests))
        {
            Directory.Delete(tests, recursive: true);
        }

        var file = Path.Combine(folder, "package.json");
        var package = JsonNode.Parse(File.ReadAllText(file))!;
        var development = package["devDependencies"]!.AsObject();
        foreach (var name in development.Select(x => x.Key).Where(x => TestsAndDebugging().IsMatch(x)).ToList())
        {
            development.Remove(name);
        }

        File.WriteAllText(file, package.ToJsonString());
        return true;
    }

    private static async Task<bool> IsRunAsync(TextWriter report, string folder, string program, params string[] arguments)
    {
        var command = $"{program} {string.Join(' ', arguments)}";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            await output;
            if (process.ExitCode == 0)
            {
                return true;
            }

            await report.WriteLineAsync($"pane: {command} ended with {process.ExitCode}: {(await errors).Trim().Split('\n')[^1]}");
        }
        catch (Win32Exception missing)
        {
            await report.WriteLineAsync($"pane: {command} cannot be run: {missing.Message}");
        }

        return false;
    }

    [GeneratedRegex("^(office-addin-(?!dev-certs$)|eslint|mocha$|@types/mocha$|ts-node$)")]
    private static partial Regex TestsAndDebugging();
}
