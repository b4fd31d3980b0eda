namespace InboxGate.Simulator.Certificates;

internal static class PrivateFile
{
    /// <summary>Writes beside and renames, so that a kill never leaves half a key.</summary>
    public static void Write(string path, string text)
    {
        var beside = path + ".new";
        File.WriteAllText(beside, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        File.Move(beside, path, overwrite: true);
    }
}
