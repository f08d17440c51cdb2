using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Conflicts;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Published;

namespace Trellis.Partners.DemoData;

/// <summary>What the demo company's records of partners look like: some values that sources say differently, checks that are really counted, and half a year of a team that cleans up.</summary>
internal static class QualityDemo
{
    private const int Weeks = 26;

    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        await demo.InsertAsync(await DifferencesAsync(demo, ct), ct);
        var found = await QualityRun.CountAsync(demo.Work, ct);
        await demo.InsertAsync([QualityRun.Of(demo.Tenant, found, demo.Now)], ct);
        var (counted, chance) = (await PartnerStates.CountAsync(demo.Work, found, ct), demo.Chance("partners.quality"));
        await demo.InsertAsync(counted.SelectMany(c => Enumerable.Range(0, Weeks).Select(week => Row(c, week, chance.NextDouble()))), ct);
        var tidies = await People.OfVendor(demo.Db).Where(p => p.Name == "Omar Haddad").Select(p => new { p.Id, p.Name }).FirstOrDefaultAsync(ct);
        if (tidies is not null) await demo.InsertAsync([new PartnerCheckOwner { TenantId = demo.Tenant, Code = "website", Person = tidies.Id, PersonName = tidies.Name, Version = 1 }], ct);
    }

    private static PartnerQualityCount Row(PartnerQualityCount now, int week, double chance)
    {
        // Each week back a few records more were open, some weeks fewer.
        var more = week == 0 ? 1 : 1 + (week * 0.03) + ((chance - 0.5) * 0.06);
        return new PartnerQualityCount { TenantId = now.TenantId, Day = now.Day.AddDays(-7 * week), Code = now.Code, Failing = Math.Min(now.Total, (int)Math.Round(now.Failing * more)), Total = now.Total };
    }

    private static async Task<List<SaidValue>> DifferencesAsync(Demo demo, CancellationToken ct)
    {
        var partners = await demo.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && p.City != null && p.Employees != null && p.State == PartnerState.Active).OrderBy(p => p.Id).Skip(12).Take(24).ToListAsync(ct);
        (string Field, SaidBy First, string By, SaidBy Later, string LaterBy, Func<Partner, string> Value)[] said =
        [
            ("employees", SaidBy.Partner, "The partner’s administrator", SaidBy.Import, "partners-of-the-crm.csv", p => (p.Employees!.Value * 2).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("city", SaidBy.Vendor, "Paula Ferreira", SaidBy.Partner, "The partner’s administrator", p => p.City == "Bremen" ? "Hamburg" : "Bremen"),
            ("phone", SaidBy.Vendor, "Omar Haddad", SaidBy.Import, "partners-of-the-crm.csv", _ => "+49 421 555 0100"),
        ];
        var rows = new List<SaidValue>();
        foreach (var (partner, i) in partners.Select((p, i) => (p, i)).Where(p => p.i % 4 == 0))
        {
            var (one, at) = (said[i / 4 % said.Length], demo.Now.AddDays(-40 + i));
            var row = new SaidValue { TenantId = demo.Tenant, Id = demo.NewId<SaidValueId>(at), PartnerId = partner.Id, Field = one.Field }.Say(one.Value(partner), one.First, null, one.By, at);
            row.Meet(Saids.Fields.First(f => f.Name == one.Field).Read(partner.Profile()), one.Later, one.LaterBy, at.AddDays(3));
            rows.Add(row);
        }

        return rows;
    }
}
