namespace Trellis.Kernel;

/// <summary>Names a stored file.</summary>
public readonly record struct FileId(Guid Value) : ITypedId<FileId>
{
    public static string Prefix => "file";
    public static FileId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FileId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Files on disk, one folder a tenant, named by their id alone, so that no name from outside reaches a path.</summary>
public sealed class FileStore(string root)
{
    /// <summary>Stores a stream of at most <paramref name="limit"/> bytes; refuses a longer one and leaves nothing behind.</summary>
    public async Task<Result<FileId>> SaveAsync(TenantId tenant, FileId id, Stream content, long limit, CancellationToken ct)
    {
        var path = PathOf(tenant, id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var kept = false;
        try
        {
            kept = await CopyAsync(content, path, limit, ct);
        }
        finally
        {
            if (!kept) File.Delete(path);
        }

        return kept ? id : Problem.Invalid("file", $"The file is larger than {limit / 1_000_000} MB.");
    }

    private static async Task<bool> CopyAsync(Stream content, string path, long limit, CancellationToken ct)
    {
        var (written, buffer) = (0L, new byte[81920]);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            if ((written += read) > limit) return false;
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return true;
    }

    /// <summary>Opens a stored file, or null when it is gone.</summary>
    public Stream? Open(TenantId tenant, FileId id)
    {
        var path = PathOf(tenant, id);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true) : null;
    }

    /// <summary>Removes a stored file; one that is gone already is no fault.</summary>
    public void Delete(TenantId tenant, FileId id)
    {
        var path = PathOf(tenant, id);
        if (File.Exists(path)) File.Delete(path);
    }

    private string PathOf(TenantId tenant, FileId id) => Path.Combine(root, tenant.Value.ToString("N"), id.Value.ToString("N"));
}
