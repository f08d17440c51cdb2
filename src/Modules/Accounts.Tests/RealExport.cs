namespace Trellis.Accounts.Tests;

/// <summary>The real CRM export that lies beside the repository on machines of the team.</summary>
internal static class RealExport
{
    private static readonly string? Folder = Find();

    public static string Path(string file)
    {
        Skip.If(Folder is null, "The real CRM export (shared/data/crm-sales beside the repository) is not on this machine.");
        return System.IO.Path.Combine(Folder!, file);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRELLIS_CRM_EXPORT") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = System.IO.Path.Combine(at.FullName, "shared", "data", "crm-sales");
            if (Directory.Exists(folder)) return folder;
        }

        return null;
    }
}
