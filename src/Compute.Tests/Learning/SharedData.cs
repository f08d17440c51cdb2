using Trellis.Compute.Cli;
using Trellis.Compute.Learning;

namespace Trellis.Compute.Tests.Learning;

/// <summary>Real data sets that lie beside the repository, where they are present.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    public static LearningCsv Read(string name) => LearningCsv.Read(PathOf(name));

    public static string PathOf(string name)
    {
        Skip.If(Folder is null, "There is no folder ../shared/data beside the repository.");
        var path = Path.Combine(Folder!, name);
        Skip.IfNot(File.Exists(path), $"../shared/data/{name} is not there.");
        return path;
    }

    public static (Table Table, float[] Target) Bank(bool withDuration)
    {
        var csv = Read("bank-marketing/bank_market.csv");
        var names = csv.Names.Where(n => n is not ("y" or "Cust_num") && (withDuration || n != "duration"));
        return (csv.Features(names), csv.Outcomes("y", "yes"));
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Trellis.slnx"))) continue;
            var shared = Path.Combine(folder.FullName, "..", "shared", "data");
            return Directory.Exists(shared) ? shared : null;
        }

        return null;
    }
}
