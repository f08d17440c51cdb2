using Trellis.Kernel;

namespace Trellis.Receipts.Jobs;

/// <summary>Seals what waits, in short transactions, every few seconds.</summary>
internal sealed class SealChain(SealReceipts seal) : IRecurring
{
    private const int Batch = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await seal.RunAsync(Batch, ct) is { Ok: true, Value: Batch })
        {
        }
    }
}
