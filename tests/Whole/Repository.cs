namespace Trellis.Whole.Tests;

/// <summary>The files of the project, and those among them that are generated and compared.</summary>
internal static class Repository
{
    public static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary><c>UPDATE=1 ./dev test Whole</c> rewrites what is generated instead of comparing it.</summary>
    public static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE") == "1";

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Compares a committed file with what the code says now, or writes it.</summary>
    public static void ShouldHold(string relative, string expected)
    {
        var path = PathOf(relative);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
            return;
        }

        var committed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (committed == expected) return;
        var (was, now) = (committed.Split('\n'), expected.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(was.Length, now.Length)).First(i => was.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        Assert.Fail($"{relative} is not what the code says; the first difference is in line {line + 1}:\n- {was.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}\nIf the change is wanted: UPDATE=1 ./dev test Whole");
    }

    private static string Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Trellis.slnx"))) return folder;
        throw new InvalidOperationException("The tests do not lie inside the project.");
    }
}
