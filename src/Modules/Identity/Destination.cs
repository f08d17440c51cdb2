namespace Trellis.Identity;

/// <summary>Where somebody lands after signing in: the page that asked for it, if it is one of ours, else the home of the face.</summary>
internal static class Destination
{
    public static string Of(string? next, SignedIn session) =>
        next is ['/', not ('/' or '\\'), ..] && !next.StartsWith("/sign", StringComparison.Ordinal) && next.All(c => !char.IsControl(c) && c != '\\')
            ? next
            : session.Partner is null ? "/app" : "/portal";
}
