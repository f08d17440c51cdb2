using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Compute.Intersection;

namespace Trellis.Compute.Bench.Intersection;

/// <summary>Private set intersection, both parties in one process; half of the receiver's items are common.</summary>
public static class IntersectionBench
{
    public static IEnumerable<BenchLine> Run(double scale)
    {
        foreach (var size in new[] { 10_000, 100_000, 1_000_000 })
        {
            var n = Math.Max(10, (int)(size * scale));
            var (mine, theirs) = Lists(n);
            yield return Fast(mine, theirs, n);
            yield return Ecdh(mine, theirs, n);
        }
    }

    private static (byte[][] Mine, byte[][] Theirs) Lists(int n) => (
        PsiItems.FromTexts(Enumerable.Range(0, n).Select(i => string.Create(CultureInfo.InvariantCulture, $"company-{i}.example"))),
        PsiItems.FromTexts(Enumerable.Range(n / 2, n).Select(i => string.Create(CultureInfo.InvariantCulture, $"company-{i}.example"))));

    private static byte[] Secret(int seed) => SHA256.HashData(Encoding.ASCII.GetBytes(seed.ToString(CultureInfo.InvariantCulture)));

    private static BenchLine Ecdh(byte[][] mine, byte[][] theirs, int n)
    {
        var bytes = 0L;
        var (cpu, allocated, result) = BenchTable.Measure(() =>
        {
            var sender = EcdhPsiSender.Create(theirs, PsiMode.Intersection, Secret(1));
            var receiver = EcdhPsiReceiver.Create(mine, Secret(2));
            var answer = sender.Answer(receiver.Request);
            bytes = sender.Setup.Length + receiver.Request.Length + answer.Length;
            return receiver.Finish(sender.Setup, answer);
        });
        if (result.Count != n - n / 2) throw new InvalidOperationException($"{result.Count} common items were found, {n - n / 2} are common.");
        var naive = Naive(n);
        return new BenchLine($"PSI by Diffie–Hellman {n:N0} × {n:N0}, both parties", cpu, naive, allocated, string.Create(CultureInfo.InvariantCulture,
            $"{bytes / 1e6:0.0} MB exchanged, {bytes / (double)n:0.0} bytes an item; naive: the same four multiplications an item by .NET's P-256, scaled up from 400; goal 300 s and 75 MB at 1M, 3 s at 10k"));
    }

    private static BenchLine Fast(byte[][] mine, byte[][] theirs, int n)
    {
        var bytes = 0L;
        var (cpu, allocated, result) = BenchTable.Measure(() =>
        {
            var sender = new OkvsPsiSender(theirs, PsiMode.Intersection, Secret(1));
            var receiver = new OkvsPsiReceiver(mine, Secret(2), sender.Offer);
            var tags = sender.Answer(receiver.Table);
            bytes = sender.Offer.Length + receiver.Table.Length + tags.Length;
            return receiver.Finish(tags);
        });
        if (result.Count != n - n / 2) throw new InvalidOperationException($"{result.Count} common items were found, {n - n / 2} are common.");
        return new BenchLine($"PSI, fast protocol {n:N0} × {n:N0}, both parties", cpu, null, allocated, string.Create(CultureInfo.InvariantCulture,
            $"{bytes / 1e6:0.0} MB exchanged, {bytes / (double)n:0.0} bytes an item; goal 8 s and 130 bytes an item at 1M"));
    }

    private static double Naive(int n)
    {
        using var one = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var key = other.PublicKey;
        const int times = 400;
        var (cpu, _, _) = BenchTable.Measure(() =>
        {
            for (var i = 0; i < times; i++) one.DeriveRawSecretAgreement(key);
            return 0;
        });
        return cpu * 4 * n / times;
    }
}
