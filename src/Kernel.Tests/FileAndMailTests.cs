using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class FileAndMailTests
{
    private static readonly TenantId Tenant = Ids.New<TenantId>(DateTime.UtcNow);

    [Fact]
    public async Task A_file_comes_back_as_it_was_and_to_its_tenant_alone()
    {
        using var folder = new Folder();
        var (store, id) = (new FileStore(folder.Path), Ids.New<FileId>(DateTime.UtcNow));
        var content = new byte[200_000];
        new Random(1).NextBytes(content);

        (await store.SaveAsync(Tenant, id, new MemoryStream(content), 200_000, default)).Value.ShouldBe(id);

        using (var read = store.Open(Tenant, id)!)
        {
            var copy = new MemoryStream();
            await read.CopyToAsync(copy);
            copy.ToArray().ShouldBe(content);
        }

        store.Open(Ids.New<TenantId>(DateTime.UtcNow), id).ShouldBeNull();
        store.Delete(Tenant, id);
        store.Delete(Tenant, id);
        store.Open(Tenant, id).ShouldBeNull();
        store.Delete(Ids.New<TenantId>(DateTime.UtcNow), id);
    }

    [Fact]
    public async Task A_file_that_is_too_large_leaves_nothing_behind()
    {
        using var folder = new Folder();
        var (store, id) = (new FileStore(folder.Path), Ids.New<FileId>(DateTime.UtcNow));
        (await store.SaveAsync(Tenant, id, new MemoryStream(new byte[100_001]), 100_000, default)).Problem!.Status.ShouldBe(422);
        folder.Files.ShouldBe(0);
        (await store.SaveAsync(Tenant, id, new MemoryStream(new byte[100_000]), 100_000, default)).Ok.ShouldBeTrue();
        folder.Files.ShouldBe(1);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        using var folder = new Folder();
        var store = new FileStore(folder.Path);
        await Should.ThrowAsync<IOException>(() => store.SaveAsync(Tenant, Ids.New<FileId>(DateTime.UtcNow), new Broken(), 1_000_000, default));
        folder.Files.ShouldBe(0);
    }

    [Theory]
    [InlineData("ada@example.com\r\nBcc: all@example.com", "Hello")]
    [InlineData("ada@example.com", "Hello\nX-Header: 1")]
    [InlineData("ada@example.com", "Hello\rthere")]
    public async Task A_mail_header_with_a_line_break_is_refused(string to, string subject)
    {
        var tenant = await (await TrialHost.SharedAsync(Database.Sqlite)).TenantAsync();
        await Should.ThrowAsync<ArgumentException>(() => SendAsync(tenant, to, subject));
        (await tenant.AllAsync<MailRow>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_is_written_with_the_transaction_that_caused_it()
    {
        var tenant = await (await TrialHost.SharedAsync(Database.Sqlite)).TenantAsync();
        await SendAsync(tenant, "ada@example.com", "Hello");
        var mail = (await tenant.AllAsync<MailRow>()).Single();
        (mail.To, mail.Subject, mail.State).ShouldBe(("ada@example.com", "Hello", MailState.Waiting));
    }

    private static Task<Result<Done>> SendAsync(TestTenant tenant, string to, string subject) => tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services =>
        services.GetRequiredService<Work>().TransactAsync<Done>("trial.mail", () =>
        {
            services.GetRequiredService<Post>().Send(to, subject, "Body");
            return Task.FromResult<Result<Done>>(default(Done));
        }, default));

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("trellis-files-").FullName;

        public int Files => Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Length;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    /// <summary>A connection that breaks off after the first bytes.</summary>
    private sealed class Broken : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default) =>
            ++_reads > 1 ? throw new IOException("The connection is gone.") : ValueTask.FromResult(buffer.Length);
    }
}
