using Trellis.Kernel;

namespace Trellis.Deals.Conflicts.Hears;

internal static class Heard
{
    // A delivery that was refused is tried again and shown if it goes on failing.
    public static void Well<T>(Result<T> result)
    {
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }
}
