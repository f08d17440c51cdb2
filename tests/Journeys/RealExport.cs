namespace Trellis.Journeys.Tests;

/// <summary>The real CRM export that lies beside the repository on machines of the team; it is not part of the project.</summary>
internal static class RealExport
{
    public static string Folder()
    {
        var folder = Find();
        Skip.If(folder is null, "The real CRM export (shared/data/crm-sales beside the repository, or TRELLIS_CRM_EXPORT) is not on this machine.");
        return folder!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRELLIS_CRM_EXPORT") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "data", "crm-sales");
            if (Directory.Exists(folder)) return folder;
        }

        return null;
    }
}
