using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>Whose record something is: that of one partner or, where a distributor has registered it for a reseller, of these two.</summary>
/// <param name="Partner">The partner that it belongs to.</param>
/// <param name="Distributor">The distributor, where there is one.</param>
public readonly record struct Holders(PartnerId Partner, PartnerId? Distributor = null)
{
    /// <summary>The record of one partner.</summary>
    public static implicit operator Holders(PartnerId partner) => new(partner);
}

/// <summary>
/// Who there is to tell, at the vendor and at a partner, at this moment: a person who was suspended, or whose membership was suspended or has ended, is none of them.
/// </summary>
public static class People
{
    private static readonly MethodInfo Join = typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;
    private static readonly MethodInfo Has = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    /// <summary>The vendor's active people, without programs. Partners' people have no roles here: the index of those who have leaves them out.</summary>
    public static IQueryable<PersonRow> OfVendor(Db db) => Active(db).Where(p => p.Roles != "" && !p.IsService);

    /// <summary>The vendor's active people who have one of these roles, or a copy of one.</summary>
    public static IQueryable<PersonRow> WithRole(Db db, params string[] roles) => OfVendor(db).Where(Holding<PersonRow>(roles));

    /// <summary>A partner's people who may act for it now, with one of these roles or a copy of one; with any where none is named.</summary>
    public static IQueryable<PersonRow> OfPartner(Db db, PartnerId partner, params string[] roles) =>
        from m in InForce(db, roles).Where(m => m.PartnerId == partner)
        join p in Active(db) on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
        select p;

    /// <summary>Memberships in force of people who may sign in, with one of these roles or a copy of one; with any where none is named.</summary>
    public static IQueryable<MembershipRow> Members(Db db, params string[] roles) =>
        from m in InForce(db, roles)
        join p in Active(db) on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
        select m;

    /// <summary>The person, where it may read of a record of these partners now: an active one of the vendor, or one with a membership in force.</summary>
    public static IQueryable<PersonRow> Reading(Db db, PersonId person, Holders holders)
    {
        var (partner, distributor) = (holders.Partner, holders.Distributor ?? holders.Partner);
        var memberships = InForce(db, []).Where(m => m.PersonId == person && (m.PartnerId == partner || m.PartnerId == distributor));
        return Active(db).Where(p => p.Id == person && (p.Roles != "" || memberships.Any()));
    }

    private static IQueryable<PersonRow> Active(Db db) => db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.State == PersonState.Active);

    private static IQueryable<MembershipRow> InForce(Db db, string[] roles)
    {
        var all = db.Set<MembershipRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => m.State == PersonState.Active);
        return roles.Length == 0 ? all : all.Where(Holding<MembershipRow>(roles));
    }

    // Codes are separated by blanks, and that of a copy begins with that of its origin (partner_sales.2): so one is found where a word begins with it.
    private static Expression<Func<T, bool>> Holding<T>(string[] roles)
    {
        if (roles.Length == 0) throw new ArgumentException("Name a role: without one, everybody would be told.", nameof(roles));
        var row = Expression.Parameter(typeof(T), "row");
        var words = Expression.Add(Expression.Constant(" "), Expression.Property(row, nameof(PersonRow.Roles)), Join);
        return Expression.Lambda<Func<T, bool>>(roles.Select(role => (Expression)Expression.Call(words, Has, Expression.Constant(" " + role))).Aggregate(Expression.OrElse), row);
    }
}
