using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Trellis.Kernel.Tests;

public sealed class S3Tests
{
    private static readonly TenantId Tenant = Ids.New<TenantId>(DateTime.UtcNow);

    [Fact]
    public async Task A_file_comes_back_from_a_bucket_and_is_gone_when_it_was_deleted()
    {
        await using var bucket = await Bucket.StartAsync("geheim");
        var store = new FileStore(S3Shelf.From($"s3://key:geheim@{bucket.Host}/files/part?region=eu-central-1&tls=off", TimeProvider.System)!);
        var id = Ids.New<FileId>(DateTime.UtcNow);
        var content = RandomNumberGenerator.GetBytes(300_000);

        (await store.SaveAsync(Tenant, id, new MemoryStream(content), 300_000, default)).Ok.ShouldBeTrue();
        bucket.Objects.Keys.ShouldHaveSingleItem().ShouldStartWith("/files/part/");
        var copy = new MemoryStream();
        using (var read = store.Open(Tenant, id)!) await read.CopyToAsync(copy);
        copy.ToArray().ShouldBe(content);
        store.Open(Ids.New<TenantId>(DateTime.UtcNow), id).ShouldBeNull();
        store.Delete(Tenant, id);
        store.Delete(Tenant, id);
        store.Open(Tenant, id).ShouldBeNull();
        (await store.SaveAsync(Tenant, id, new MemoryStream(content), 299_999, default)).Problem!.Status.ShouldBe(422);
        bucket.Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_secret_is_a_fault_that_names_the_answer()
    {
        await using var bucket = await Bucket.StartAsync("geheim");
        var store = new FileStore(S3Shelf.From($"s3://key:falsch@{bucket.Host}/files?tls=off", TimeProvider.System)!);
        (await Should.ThrowAsync<IOException>(() => store.SaveAsync(Tenant, Ids.New<FileId>(DateTime.UtcNow), new MemoryStream([1]), 9, default))).Message.ShouldContain("403");
    }

    /// <summary>An object store in the test that checks each signature from the request as it arrived.</summary>
    private sealed class Bucket(WebApplication app, ConcurrentDictionary<string, byte[]> objects) : IAsyncDisposable
    {
        public ConcurrentDictionary<string, byte[]> Objects => objects;

        public string Host => new Uri(app.Urls.First()).Authority;

        public static async Task<Bucket> StartAsync(string secret)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var (app, objects) = (builder.Build(), new ConcurrentDictionary<string, byte[]>());
            app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                if (!Signed(http.Request, body.ToArray(), secret))
                {
                    http.Response.StatusCode = 403;
                    return;
                }

                var path = http.Request.Path.Value!;
                if (HttpMethods.IsPut(http.Request.Method)) objects[path] = body.ToArray();
                else if (HttpMethods.IsDelete(http.Request.Method)) http.Response.StatusCode = objects.TryRemove(path, out _) ? 204 : 404;
                else if (objects.TryGetValue(path, out var found)) await http.Response.Body.WriteAsync(found);
                else http.Response.StatusCode = 404;
            });
            await app.StartAsync();
            return new Bucket(app, objects);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private static bool Signed(HttpRequest request, byte[] body, string secret)
        {
            var parts = request.Headers.Authorization.ToString().Replace("AWS4-HMAC-SHA256 ", "").Split(", ").Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
            var digest = Convert.ToHexStringLower(SHA256.HashData(body));
            var headers = parts["SignedHeaders"].Split(';').Select(h => $"{h}:{request.Headers[h]}\n");
            var canonical = $"{request.Method}\n{request.Path}\n\n{string.Concat(headers)}\n{parts["SignedHeaders"]}\n{digest}";
            var scope = parts["Credential"].Split('/', 2)[1];
            var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
            var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
            return request.Headers["x-amz-content-sha256"] == digest && parts["Signature"] == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        }
    }
}
