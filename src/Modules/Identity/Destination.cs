namespace Trellis.Identity;

/// <summary>Where somebody lands after signing in: the page that asked for it, if it is one of ours and of this face, else the home of the face.</summary>
internal static class Destination
{
    public const string PlacesPath = "/portal/places";

    public static string Of(string? next, SignedIn session)
    {
        var (home, other) = session.Partner is null ? ("/app", "/portal") : ("/portal", "/app");
        // The chooser comes first; what was asked for is a page of whichever partner was meant.
        if (session.Chooses) home = PlacesPath;
        var ours = IsOurs(next);
        // A page of the other face would only say that it does not exist.
        return ours && next != other && !next!.StartsWith(other + "/", StringComparison.OrdinalIgnoreCase) ? next! : home;
    }

    /// <summary>Whether an address that came from outside is a page of this installation, and none of the door; a browser writes every other sign as %xx.</summary>
    public static bool IsOurs(string? next) =>
        next is ['/', not ('/' or '\\'), ..] && !next.StartsWith("/sign", StringComparison.Ordinal) && next.All(c => c is > ' ' and < '\x7f' and not '\\');
}
