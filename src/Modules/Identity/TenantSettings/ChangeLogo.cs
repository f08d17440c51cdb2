using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Puts up a logo, or takes it down where there is no content.</summary>
internal sealed class ChangeLogo(Work work, FileStore files, SettingsShelf shelf) : UseCase<byte[]?, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSettings;

    protected override async Task<Result<Done>> HandleAsync(byte[]? input, CancellationToken ct)
    {
        var tenant = await Db.Set<Tenant>().SingleAsync(ct);
        var (owner, before) = (Work.Tenant, tenant.Logo);
        if (input is null)
        {
            (tenant.Logo, tenant.LogoType) = (null, null);
        }
        else
        {
            if (input.Length > LogoKind.MostBytes) return Problem.Invalid("logo", $"The file is larger than {LogoKind.MostBytes / 1000} kB.");
            var kind = LogoKind.Of(input);
            if (!kind.Ok) return kind.Problem;
            var stored = await files.SaveAsync(owner, Work.NewId<FileId>(), new MemoryStream(input), LogoKind.MostBytes, ct);
            if (!stored.Ok) return stored.Problem;
            (tenant.Logo, tenant.LogoType) = (stored.Value, kind.Value);
        }

        Work.Afterwards(() =>
        {
            if (before is { } old) files.Delete(owner, old);
            shelf.Forget(owner);
        });
        return default(Done);
    }

    /// <summary>All of a stream, or just more of it than is taken: read before the transaction, which must not wait for a slow line.</summary>
    public static async Task<byte[]> ReadAsync(Stream input, CancellationToken ct)
    {
        var content = new MemoryStream();
        var buffer = new byte[32768];
        int read;
        while (content.Length <= LogoKind.MostBytes && (read = await input.ReadAsync(buffer, ct)) > 0) content.Write(buffer, 0, read);
        return content.ToArray();
    }
}
