namespace Trellis.Testing;

/// <summary>
/// Databases that many tests begin with, filled once. <c>TRELLIS_TEST_KEPT</c> names a folder in which all projects of one run share them; without it,
/// each process fills its own.
/// </summary>
internal static class KeptDatabases
{
    public static string? Folder => Environment.GetEnvironmentVariable("TRELLIS_TEST_KEPT") is { Length: > 0 } folder ? folder : null;

    /// <summary>The folder with the files, and the database's name on a server. One process fills it while the others wait; one that dies on the way leaves nothing that counts.</summary>
    public static async Task<(string Folder, string? Name)> OfAsync(string what, Func<string, Task<string?>> fill)
    {
        if (Folder is null)
        {
            var own = TestFolders.New("trellis-kept-");
            return (own, await fill(own));
        }

        await using var _ = await LockAsync(Path.Combine(Folder, $"{what}.lock"));
        var ready = Path.Combine(Folder, $"{what}.ready");
        if (File.Exists(ready)) return await File.ReadAllLinesAsync(ready) is [var folder, var name] ? (folder, name.Length > 0 ? name : null) : throw new InvalidOperationException($"{ready} cannot be read.");
        var files = Path.Combine(Folder, $"{what}-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(files);
        var made = await fill(files);
        await File.WriteAllLinesAsync(ready + ".new", [files, made ?? ""]);
        File.Move(ready + ".new", ready);
        return (files, made);
    }

    private static async Task<FileStream> LockAsync(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }
}
