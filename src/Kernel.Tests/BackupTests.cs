using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class BackupTests
{
    [SkippableTheory, BothDatabases]
    public async Task What_was_backed_up_while_it_ran_comes_back_with_its_files(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var tenant = await app.TenantAsync();
        var id = Ids.New<FileId>(DateTime.UtcNow);
        await app.Services.GetRequiredService<FileStore>().SaveAsync(tenant.Id, id, new MemoryStream("a contract"u8.ToArray()), 100, default);
        var file = Path.Combine(Directory.CreateTempSubdirectory("trellis-backup-").FullName, "whole.zip");

        await app.BackupAsync(file);
        await app.TenantAsync();
        var (settings, refusal) = await TestApp.RestoreAsync(database, file);

        refusal.ShouldBeNull();
        await using var restored = await TestApp.StartAsync(database, false, settings, new TrialModule());
        await using var scope = restored.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<ITenants>().AllAsync(default)).ShouldBe([tenant.Id], "what came after the backup is not in it");
        using var read = new StreamReader(restored.Services.GetRequiredService<FileStore>().Open(tenant.Id, id)!);
        (await read.ReadToEndAsync()).ShouldBe("a contract");
        (await new PageClient(restored.Address).SignInAsync(tenant.Administrator.Email, TestPerson.Password)).Address.AbsolutePath.ShouldStartWith("/app");

        var place = settings!.Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => s[1]);
        var again = await TestApp.RestoreAsync(database, file, place["--TRELLIS_DATA"], place.GetValueOrDefault("--TRELLIS_DATABASE"));
        again.Refusal!.ShouldContain("--replace");
        (await Should.ThrowAsync<Exception>(() => app.BackupAsync(file))).Message.ShouldContain("already");
    }

    [Fact]
    public async Task What_is_no_backup_is_refused_and_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("trellis-backup-").FullName;
        var file = Path.Combine(folder, "other.zip");
        await File.WriteAllTextAsync(file, "PK no archive");
        (await TestApp.RestoreAsync(Database.Sqlite, file, folder)).Refusal!.ShouldContain("no backup");
        File.Exists(Path.Combine(folder, "trellis.db")).ShouldBeFalse();
    }
}
