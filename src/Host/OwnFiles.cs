using System.Runtime.InteropServices;

namespace Trellis.Host;

/// <summary>What the program writes holds secrets: what it makes is its owner's alone. What is there already keeps its rights.</summary>
internal static partial class OwnFiles
{
    private const uint Others = 63; // 077

    /// <summary>Makes a folder, where it is not there, and lets nobody else into what this process makes from now on.</summary>
    public static void Make(string folder)
    {
        // By the mask of the process: so SQLite, the key ring and pg_dump write no file that others can read, not even for a moment.
        if (!OperatingSystem.IsWindows()) _ = Mask(Mask(Others) | Others);
        Directory.CreateDirectory(folder);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Mask(uint mask);
}
