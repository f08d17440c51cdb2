using System.Runtime.InteropServices;

namespace Trellis.Host;

/// <summary>
/// Gives memory back to the system when the program has become quiet after much work, such as its own start: without a load nothing else would
/// collect what the model, the routes and the last visitors have left behind.
/// </summary>
internal sealed class GiveBack(TimeProvider clock) : BackgroundService
{
    private const long Quiet = 1 << 20;
    private const long Worth = 4 << 20;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        long seen = 0, given = 0;
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = GC.GetTotalAllocatedBytes();
            var calm = now - seen < Quiet;
            seen = now;
            if (!calm || now - given < Worth) continue;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Trim();
            given = now;
        }
    }

    // What SQLite and the compiler have freed, glibc keeps for later until it is asked; other C libraries have no such call.
    private static unsafe void Trim()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out var trim)) ((delegate* unmanaged<nuint, int>)trim)(0);
    }
}
