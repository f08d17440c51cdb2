using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>Names a saved view.</summary>
public readonly record struct SavedViewId(Guid Value) : ITypedId<SavedViewId>
{
    public static string Prefix => "view";
    public static SavedViewId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SavedViewId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Search, filters and order of a list that somebody wants to find again.</summary>
public sealed class SavedView : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public SavedViewId Id { get; init; }
    public PersonId Person { get; init; }
    public string PersonName { get; init; } = "";

    /// <summary>The list, for example <c>/app/deals</c>.</summary>
    public string Path { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The query with its question mark, or empty.</summary>
    public string Query { get; set; } = "";

    /// <summary>All of the vendor's people see it; a partner's person keeps views to itself.</summary>
    public bool Shared { get; set; }

    public DateTime At { get; set; }
}

/// <summary>Keeping, finding and dropping saved views.</summary>
public static class SavedViews
{
    private const int Most = 50;

    /// <summary>The actor's own and the shared ones of a list, by name.</summary>
    public static Task<List<SavedView>> OfAsync(Work work, string path, CancellationToken ct) => Seen(work, path).OrderBy(v => v.Name).Take(2 * Most).ToListAsync(ct);

    /// <summary>The same page by page, of one list or of all.</summary>
    public static Task<Page<SavedView>> PageAsync(Work work, string? path, Paging paging, CancellationToken ct) => Seen(work, path).PageAsync(v => v.Name, v => v.Id, false, paging, ct);

    private static IQueryable<SavedView> Seen(Work work, string? path)
    {
        var (me, vendor) = (work.Actor.Person, !work.Actor.IsPartner);
        var seen = work.Db.Set<SavedView>().AsNoTracking().Where(v => v.Person == me || (vendor && v.Shared));
        return string.IsNullOrEmpty(path) ? seen : seen.Where(v => v.Path == path);
    }

    /// <summary>Keeps a view under a name; the same name of the same person is written over.</summary>
    public static Task<Result<SavedViewId>> SaveAsync(Work work, string path, string query, string name, bool shared, CancellationToken ct) =>
        work.TransactAsync<SavedViewId>("views.save", async () =>
        {
            var check = new Check().Text(name, "name", "The name", 80).Text(path, "path", "The list", 200).Text(query, "query", "The filters", 2000, required: false)
                .That(path.StartsWith("/app/", StringComparison.Ordinal) || path.StartsWith("/portal/", StringComparison.Ordinal), "path", "This is no list.")
                .That(query.Length == 0 || query[0] == '?', "query", "This is no query.");
            if (check.Problem is { } problem) return problem;
            var (me, wanted) = (work.Actor.Person, name.Trim());
            var mine = await work.Db.Set<SavedView>().Where(v => v.Person == me && v.Path == path).ToListAsync(ct);
            var view = mine.Find(v => v.Name == wanted);
            if (view is null)
            {
                if (mine.Count >= Most) return new Problem(ProblemKind.Conflict, "views.too_many", $"You keep {Most} views of this list. Drop one first.");
                view = new SavedView { TenantId = work.Tenant, Id = work.NewId<SavedViewId>(), Person = me, PersonName = work.Actor.Name, Path = path, Name = wanted };
                work.Db.Add(view);
            }

            (view.Query, view.Shared, view.At) = (query, shared && !work.Actor.IsPartner, work.Now);
            return view.Id;
        }, ct);

    /// <summary>Drops a view of one's own.</summary>
    public static Task<Result<SavedViewId>> DropAsync(Work work, SavedViewId id, CancellationToken ct) =>
        work.TransactAsync<SavedViewId>("views.drop", async () =>
        {
            var me = work.Actor.Person;
            var view = await work.Db.Set<SavedView>().SingleOrDefaultAsync(v => v.Id == id && v.Person == me, ct);
            if (view is null) return Problem.Missing("view");
            work.Db.Remove(view);
            return view.Id;
        }, ct);
}
