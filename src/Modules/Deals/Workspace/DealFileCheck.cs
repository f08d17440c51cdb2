using System.Security.Cryptography;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Looks what a stored file is, whoever sent it and by which way.</summary>
internal static class DealFileCheck
{
    /// <summary>What the file is, or why it is not taken: nothing of it is opened by what its name says alone.</summary>
    public static async Task<Result<KnownFile>> LookAsync(FileStore files, TenantId tenant, FileId id, string name, CancellationToken ct)
    {
        await using var content = files.Open(tenant, id)!;
        if (content.Length == 0) return WorkspaceProblems.WrongFile("The file is empty.");
        var head = new byte[4096];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (FileKinds.Of(name, head.AsSpan(0, read)) is not { } type) return WorkspaceProblems.WrongFile($"We take PDF, pictures, Word, Excel, PowerPoint and text; “{name}” is not, or does not contain, one of them.");
        content.Position = 0;
        if (!FileKinds.IsOffice(name, content)) return WorkspaceProblems.WrongFile("This is no office file, or it contains macros.");
        content.Position = 0;
        return new KnownFile(default, id, name, type, content.Length, System.Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)), false);
    }

    /// <summary>The name without folders and without what cannot be stored.</summary>
    public static string NameOf(string? name)
    {
        var plain = Text.OrNull(name?.Split('/', '\\')[^1]) ?? "file";
        return Text.IsClean(plain) ? plain.Length > 150 ? plain[^150..] : plain : "file";
    }
}
