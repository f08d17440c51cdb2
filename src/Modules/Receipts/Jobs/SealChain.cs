using Trellis.Kernel;

namespace Trellis.Receipts.Jobs;

/// <summary>Seals what waits, in short transactions, every few seconds.</summary>
internal sealed class SealChain(SealReceipts seal) : IRecurring
{
    private const int Batch = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        Result<int> told;
        do
        {
            told = await seal.RunAsync(Batch, ct);
        }
        while (told is { Ok: true, Value: Batch });
        return told.Then<Done>(_ => default(Done));
    }
}
