using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Values;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>
/// Who can own an account: the sellers of the CRM and the vendor's people. Where no seller is known, nobody can be told apart, and every name is taken. An import keeps the CRM's owner
/// as it stands there; the work queue of unknown owners shows those who are none of ours.
/// </summary>
internal static class SalesPeople
{
    private const int MostChoices = 300;

    /// <summary>Whom a person means by an owner's name or e-mail address. A name that stands there already means whom it meant.</summary>
    public static async Task<Result<Owner>> ReadAsync(Work work, string? written, Owner before, string field, CancellationToken ct)
    {
        if (Text.OrNull(written) is not { } name) return default(Owner);
        if (name == before.Name && before.Person is not null) return before;
        var owners = await Owners.LoadAsync(work, ct);
        var owner = owners.Of(name);
        if (owner.Person is not null) return owner;
        if (owners.IsShared(name) && name != before.Name) return Problem.Invalid(field, $"Several of your people are called {name}. Write the e-mail address of the one you mean.");
        return name == before.Name || await IsKnownAsync(work, name, ct) ? owner : Problem.Invalid(field, $"“{name}” is none of your sellers or colleagues.");
    }

    /// <summary>Whom a name of the CRM means, whatever it is.</summary>
    public static async Task<Owner> MeantAsync(Work work, string? written, CancellationToken ct) =>
        Text.OrNull(written) is { } name ? (await Owners.LoadAsync(work, ct)).Of(name) : default;

    /// <summary>Who may be chosen: by name, and by address where several have one name.</summary>
    public static async Task<IReadOnlyList<BulkValue>> ChoicesAsync(Work work, CancellationToken ct)
    {
        var people = await People.OfVendor(work.Db).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostChoices).Select(p => new { p.Name, p.Email }).ToListAsync(ct);
        // A name that a suspended colleague has as well means nobody either.
        var owners = await Owners.LoadAsync(work, ct);
        var names = (await AccountList.SellersAsync(work, ct)).Where(n => !owners.IsShared(n)).Select(n => new BulkValue(n, n));
        var others = people.Select(p => owners.IsShared(p.Name) ? new BulkValue(p.Email, $"{p.Name} ({p.Email})") : new BulkValue(p.Name, p.Name));
        return [.. names.Concat(others).DistinctBy(c => c.Value).OrderBy(c => c.Label, StringComparer.CurrentCulture)];
    }

    /// <summary>Accounts whose owner is none of them.</summary>
    public static Expression<Func<Account, bool>> Unknown(Work work)
    {
        var db = work.Db;
        return a => a.OwnerName != null && a.OwnerId == null && db.Set<Seller>().Any() && !db.Set<Seller>().Select(s => s.Name).Contains(a.OwnerName!) && !Staff(db).Contains(a.OwnerName!);
    }

    /// <summary>Accounts whose owner's name several people have, so that they are nobody's.</summary>
    public static Expression<Func<Account, bool>> Ambiguous(Work work)
    {
        var shared = Owners.Members(work.Db).GroupBy(p => p.Name).Where(g => g.Count() > 1).Select(g => g.Key);
        return a => a.OwnerName != null && a.OwnerId == null && shared.Contains(a.OwnerName!);
    }

    private static async Task<bool> IsKnownAsync(Work work, string name, CancellationToken ct)
    {
        var key = CompanyNames.Tight(name);
        return await work.Db.Set<Seller>().AnyAsync(s => s.NameKey == key || s.Name == name, ct) || await Staff(work.Db).AnyAsync(n => n == name, ct) || !await work.Db.Set<Seller>().AnyAsync(ct);
    }

    private static IQueryable<string> Staff(Db db) => db.Set<PersonRow>().Where(p => p.State == PersonState.Active && p.Roles != "").Select(p => p.Name);
}
