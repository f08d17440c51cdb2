namespace Trellis.Host.Engines;

internal static class Faults
{
    /// <summary>The first exception of this type among an exception and its causes.</summary>
    public static T? Within<T>(this Exception exception) where T : Exception
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is T found) return found;
        }

        return null;
    }
}
