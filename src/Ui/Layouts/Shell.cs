using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>The part of the navigation that an actor may see on one face.</summary>
internal static class Shell
{
    /// <summary>Entries of this section stand in the person's menu instead of the navigation.</summary>
    public const string Me = "Me";

    public static IEnumerable<NavItem> Items(Manifest manifest, Actor actor, string face) =>
        manifest.Navigation.Where(i => i.Face == face && (i.Permission is null || actor.May(i.Permission))).OrderBy(i => i.Order);

    /// <summary>Of all items that the address lies under, the longest; so <c>/app</c> is not current on <c>/app/deals</c>.</summary>
    public static NavItem? Current(IEnumerable<NavItem> items, string path) =>
        items.Where(i => path == i.Href || path.StartsWith(i.Href.TrimEnd('/') + "/", StringComparison.Ordinal)).MaxBy(i => i.Href.Length);
}
