using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life.Intake;

/// <summary>A partner for which the sender of a mail may register.</summary>
internal sealed record IntakeHome(PersonId Person, string Name, string Email, PartnerId Partner, string PartnerName);

/// <summary>Who sent a mail, and the draft that is made of it.</summary>
internal static class IntakeSender
{
    private const int Most = 10;

    public static async Task<IReadOnlyList<IntakeHome>> HomesAsync(Work work, string sender, CancellationToken ct)
    {
        var homes = await (
            from p in work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter])
            join m in People.Members(work.Db, Roles.PartnerAdmin, Roles.PartnerSales) on new { p.TenantId, p.Id } equals new { m.TenantId, Id = m.PersonId }
            join o in work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]) on new { m.TenantId, Id = m.PartnerId } equals new { o.TenantId, o.Id }
            where p.Email == sender
            orderby o.Name
            select new { Home = new IntakeHome(p.Id, p.Name, p.Email, m.PartnerId, o.Name), o.State }).Take(Most).ToListAsync(ct);
        return [.. homes.Where(h => Registration.MayRegister(h.State)).Select(h => h.Home)];
    }

    public static async Task<Deal> DraftAsync(Work work, ReadMail read, IntakeHome home, CancellationToken ct)
    {
        var fields = DraftOfMail.Read(read, await UploadDeals.ProductsAsync(work, ct), work.Settings.Currency, home.Email[(home.Email.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        // What cannot be kept as it is stands in the story all the same.
        if (Registration.Draft(fields, new Check()).Problem is not null) fields = new DealFields { CustomerName = fields.CustomerName, WorkDone = fields.WorkDone };
        var product = await Registration.ProductNameAsync(work, fields.Product, ct);
        var draft = Deal.Past(work.Tenant, work.NewId<DealId>(), home.Partner, home.Person, home.Name, work.Settings.Currency, work.Now);
        draft.Write(fields, product.Ok ? product.Value : null);
        work.Db.Add(draft);
        return draft;
    }
}
