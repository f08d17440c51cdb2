namespace Trellis.Identity.Tests;

/// <summary>The data folder and its copies hold secrets.</summary>
public sealed class OwnFilesTests
{
    [SkippableTheory, Databases]
    public async Task What_the_program_writes_is_its_owners_alone(Database database)
    {
        if (OperatingSystem.IsWindows()) return;
        var around = Directory.CreateTempSubdirectory("trellis-modes-").FullName;
        var (data, copy) = (Path.Combine(around, "data"), Path.Combine(around, "whole.zip"));
        await using var app = await TestApp.StartAsync(database, false, [$"--TRELLIS_DATA={data}"]);
        var tenant = await app.TenantAsync();
        using (await tenant.Administrator.PagesAsync())
        {
            await app.Services.GetRequiredService<FileStore>().SaveAsync(tenant.Id, Ids.New<FileId>(DateTime.UtcNow), new MemoryStream("a contract"u8.ToArray()), 100, default);
            await app.BackupAsync(copy);
        }

        var written = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Append(copy).ToList();
        written.ShouldContain(f => f.EndsWith(".xml", StringComparison.Ordinal), "the keys");
        written.Count.ShouldBeGreaterThan(2);
        written.Append(data).Where(IsOpen).ShouldBeEmpty("others may read these");

        static bool IsOpen(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode)63) != 0;
    }
}
