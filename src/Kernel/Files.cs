namespace Trellis.Kernel;

/// <summary>Names a stored file.</summary>
public readonly record struct FileId(Guid Value) : ITypedId<FileId>
{
    public static string Prefix => "file";
    public static FileId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FileId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where files lie: on disk, or in a bucket.</summary>
public interface IFileShelf
{
    /// <summary>Stores a stream under a key that is new; false, leaving nothing behind, where it is longer than the limit.</summary>
    Task<bool> SaveAsync(string key, Stream content, long limit, CancellationToken ct);

    /// <summary>Opens what lies there, or null when it is gone.</summary>
    Stream? Open(string key);

    /// <summary>Removes what lies there; nothing there is no fault.</summary>
    void Delete(string key);
}

/// <summary>Stored files, of each tenant for itself, named by their id alone, so that no name from outside reaches a path.</summary>
public sealed class FileStore(IFileShelf shelf)
{
    /// <summary>Files on disk, one folder a tenant.</summary>
    public FileStore(string root) : this(new DiskShelf(root))
    {
    }

    /// <summary>Stores a stream of at most <paramref name="limit"/> bytes; refuses a longer one and leaves nothing behind.</summary>
    public async Task<Result<FileId>> SaveAsync(TenantId tenant, FileId id, Stream content, long limit, CancellationToken ct) =>
        await shelf.SaveAsync(Key(tenant, id), content, limit, ct) ? id : Problem.Invalid("file", $"The file is larger than {limit / 1_000_000} MB.");

    /// <summary>Opens a stored file, or null when it is gone.</summary>
    public Stream? Open(TenantId tenant, FileId id) => shelf.Open(Key(tenant, id));

    /// <summary>Removes a stored file; one that is gone already is no fault.</summary>
    public void Delete(TenantId tenant, FileId id) => shelf.Delete(Key(tenant, id));

    private static string Key(TenantId tenant, FileId id) => $"{tenant.Value:N}/{id.Value:N}";
}

/// <summary>Files on disk.</summary>
internal sealed class DiskShelf(string root) : IFileShelf
{
    public async Task<bool> SaveAsync(string key, Stream content, long limit, CancellationToken ct)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var kept = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            kept = await CopyAsync(content, file, limit, ct);
        }
        finally
        {
            if (!kept) File.Delete(path);
        }

        return kept;
    }

    /// <summary>Copies at most <paramref name="limit"/> bytes; false where there are more.</summary>
    public static async Task<bool> CopyAsync(Stream content, Stream to, long limit, CancellationToken ct)
    {
        var (written, buffer) = (0L, new byte[81920]);
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            if ((written += read) > limit) return false;
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return true;
    }

    public Stream? Open(string key)
    {
        var path = PathOf(key);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true) : null;
    }

    public void Delete(string key)
    {
        var path = PathOf(key);
        if (File.Exists(path)) File.Delete(path);
    }

    private string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));
}
