namespace InboxGate.Simulator.Certificates;

internal static class PrivateFile
{
    /// <summary>Writes beside and renames, so that neither a kill nor a second process ever leaves half a key.</summary>
    public static void Write(string path, string text)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        File.WriteAllText(beside, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        File.Move(beside, path, overwrite: true);
    }
}
