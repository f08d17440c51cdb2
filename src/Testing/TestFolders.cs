using System.Collections.Concurrent;

namespace Trellis.Testing;

/// <summary>Folders of tests. Hosts that all tests of a process share are never disposed, so what is left is deleted when the process ends.</summary>
internal static class TestFolders
{
    private static readonly ConcurrentBag<string> Made = [];

    static TestFolders() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var folder in Made) Delete(folder);
    };

    public static string New(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        Made.Add(folder);
        return folder;
    }

    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A file still open in a pool; the system cleans its temporary folder.
        }
    }
}
