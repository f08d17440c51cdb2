using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Trellis.Kernel;

/// <summary>
/// Files in a bucket of S3 or of anything that speaks like it: PUT, GET and DELETE of whole objects, path style, signed by Signature Version 4
/// (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
/// </summary>
public sealed class S3Shelf(Uri bucket, string region, string access, string secret, HttpClient http, TimeProvider clock) : IFileShelf
{
    private static readonly string Nothing = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>
    /// Reads <c>s3://key:secret@host[:port]/bucket[/folder]?region=eu-central-1</c>; <c>&amp;tls=off</c> for a server of one's own without TLS. Null where the
    /// setting is empty.
    /// </summary>
    public static S3Shelf? From(string? setting, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(setting)) return null;
        var uri = new Uri(setting);
        var user = uri.UserInfo.Split(':', 2);
        if (uri.Scheme != "s3" || user.Length != 2 || uri.AbsolutePath.Trim('/').Length == 0)
            throw new InvalidOperationException("TRELLIS_FILES must look like s3://key:secret@host/bucket?region=eu-central-1.");
        var query = System.Web.HttpUtility.ParseQueryString(uri.Query);
        var place = new Uri($"{(query["tls"] == "off" ? "http" : "https")}://{uri.Host}{(uri.Port > 0 ? ":" + uri.Port : "")}/{uri.AbsolutePath.Trim('/')}/");
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromMinutes(5) };
        return new S3Shelf(place, query["region"] ?? "us-east-1", Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user[1]), http, clock);
    }

    public async Task<bool> SaveAsync(string key, Stream content, long limit, CancellationToken ct)
    {
        // The signature covers the digest of the whole, so the content is held on disk first.
        var path = Path.GetTempFileName();
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.Asynchronous);
            if (!await DiskShelf.CopyAsync(content, file, limit, ct)) return false;
            file.Position = 0;
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
            file.Position = 0;
            using var request = Signed(HttpMethod.Put, key, digest);
            request.Content = new StreamContent(file);
            request.Content.Headers.ContentLength = file.Length;
            using var answer = await http.SendAsync(request, ct);
            await CheckAsync(answer, ct);
            return true;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public Stream? Open(string key)
    {
        using var request = Signed(HttpMethod.Get, key, Nothing);
        var answer = http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            answer.Dispose();
            return null;
        }

        Check(answer);
        return answer.Content.ReadAsStream();
    }

    public void Delete(string key)
    {
        using var request = Signed(HttpMethod.Delete, key, Nothing);
        using var answer = http.Send(request);
        if (answer.StatusCode != HttpStatusCode.NotFound) Check(answer);
    }

    private static async Task CheckAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        if (!answer.IsSuccessStatusCode) throw new IOException($"The file store answered {(int)answer.StatusCode}: {Text.Storable(await answer.Content.ReadAsStringAsync(ct), 500)}");
    }

    private static void Check(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return;
        using (answer) throw new IOException($"The file store answered {(int)answer.StatusCode}.");
    }

    private HttpRequestMessage Signed(HttpMethod method, string key, string digest)
    {
        var address = new Uri(bucket, key);
        var now = clock.GetUtcNow().UtcDateTime;
        var (stamp, day) = (now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), now.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var host = address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}";
        const string names = "host;x-amz-content-sha256;x-amz-date";
        var canonical = $"{method}\n{address.AbsolutePath}\n\nhost:{host}\nx-amz-content-sha256:{digest}\nx-amz-date:{stamp}\n\n{names}\n{digest}";
        var scope = $"{day}/{region}/s3/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signing = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), day), region), "s3"), "aws4_request");
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("x-amz-content-sha256", digest);
        request.Headers.Add("x-amz-date", stamp);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={access}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(Hmac(signing, toSign))}");
        return request;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
