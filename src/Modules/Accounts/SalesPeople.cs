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
    /// <summary>The refusal of an owner who is none of them, or null.</summary>
    public static async Task<Problem?> RefuseAsync(Work work, string? owner, string field, CancellationToken ct)
    {
        if (Text.OrNull(owner) is not { } name) return null;
        var key = CompanyNames.Tight(name);
        var known = await work.Db.Set<Seller>().AnyAsync(s => s.NameKey == key || s.Name == name, ct) || await Staff(work.Db).AnyAsync(n => n == name, ct) || !await work.Db.Set<Seller>().AnyAsync(ct);
        return known ? null : Problem.Invalid(field, $"“{name}” is none of your sellers or colleagues.");
    }

    /// <summary>Accounts whose owner is none of them.</summary>
    public static Expression<Func<Account, bool>> Unknown(Work work)
    {
        var db = work.Db;
        return a => a.OwnerName != null && db.Set<Seller>().Any() && !db.Set<Seller>().Select(s => s.Name).Contains(a.OwnerName!) && !Staff(db).Contains(a.OwnerName!);
    }

    private static IQueryable<string> Staff(Db db) => db.Set<PersonRow>().Where(p => p.State == PersonState.Active && p.Roles != "").Select(p => p.Name);
}
