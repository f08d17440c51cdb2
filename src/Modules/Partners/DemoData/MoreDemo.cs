using Trellis.Kernel;
using Trellis.Partners.Assets;
using Trellis.Partners.Imports;
using Trellis.Partners.Joint;
using Trellis.Partners.Motions;
using Trellis.Partners.Ownership;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>The catalogue, joint value, owners of fields and the history of motions of the demo company.</summary>
internal static class MoreDemo
{
    private static readonly (AssetKind Kind, string Name, string Description, string Products, string Verticals, string Terms, bool ForPartners, AssetState State, string? Reason)[] Made =
    [
        (AssetKind.Accelerator, "Ward in a week", "Brings a hospital ward online in five working days: network plan, device list, training and a test protocol. Used in eleven hospitals.", "Relay", "Healthcare", "Licence per ward; free for pilots", true, AssetState.Published, null),
        (AssetKind.Method, "Seven questions before a migration", "A workshop of half a day that finds out whether a data platform can be moved, and what it will cost.", "Vault", "", "Free with the workshop", true, AssetState.Published, null),
        (AssetKind.App, "Quiet line dashboard", "Shows stops of machines by cause and shift, ready for the plant manager’s morning round.", "Relay; Vault", "Manufacturing", "EUR 200 a month and plant", true, AssetState.Published, null),
        (AssetKind.Template, "Data protection assessment for patient data", "The assessment that supervisors ask for, filled in for the standard set-up.", "Vault", "Healthcare; Public sector", "On request", false, AssetState.Published, null),
        (AssetKind.Integration, "ERP orders into Relay", "Takes orders over every five minutes, with a list of what did not fit.", "Relay", "Manufacturing; Retail", "Set-up by the day", true, AssetState.Submitted, null),
        (AssetKind.Expertise, "Retail peak rehearsal", "Two people who rehearse the busiest day of the year with your team.", "", "Retail", "By the day", false, AssetState.Returned, "Say for which products, and name one customer who may be asked."),
    ];

    public static IEnumerable<Asset> Assets(Demo demo, IReadOnlyList<Partner> partners)
    {
        var active = partners.Where(p => p.State == PartnerState.Active).Take(40).ToList();
        for (var i = 0; i < Made.Length && active.Count > 0; i++)
        {
            var (kind, name, description, products, verticals, terms, forPartners, state, reason) = Made[i];
            var partner = i == 3 ? partners[1] : active[i < 2 ? 0 : i * 5 % active.Count];
            var at = demo.Now.AddDays(-150 + (i * 24));
            var asset = new Asset
            {
                TenantId = demo.Tenant, Id = demo.NewId<AssetId>(at), PartnerId = partner.Id, Kind = kind, Name = name, Description = description, Products = products, Verticals = verticals, Terms = terms,
                Link = $"https://{partner.Domain}/{kind.ToString().ToLowerInvariant()}", ForPartners = forPartners, By = "Their admin", At = at, SearchText = Text.Fold(name, description, products, verticals), Version = 1,
            };
            asset.Enter(AssetState.Submitted, "Their admin", null, at);
            if (state != AssetState.Submitted) asset.Enter(state, "Paula Ferreira", reason, at.AddDays(3));
            yield return asset;
        }
    }

    public static IEnumerable<JointValue> Joint(Demo demo, IReadOnlyList<Partner> partners)
    {
        if (partners.Count < 12) yield break;
        yield return Value(partners[4], "Data platform for a regional bank", 184_000_00, 60, 70, JointState.Agreed);
        yield return Value(partners[6], "Warehouse robots for a retailer", 61_000_00, 50, 132, JointState.Agreed);
        yield return Value(partners[8], "Patient portal of two hospitals", 118_400_00, 40, 205, JointState.Agreed);
        yield return Value(partners[9], "Metering for a city’s water works", 43_250_00, 70, 290, JointState.Agreed);
        yield return Value(partners[5], "Joint rollout at a clinic group", 92_500_00, 50, 12, JointState.Proposed);

        JointValue Value(Partner with, string title, long amount, int percent, int daysAgo, JointState state) => new()
        {
            TenantId = demo.Tenant, Id = demo.NewId<JointValueId>(demo.Now.AddDays(-daysAgo)), PartnerId = partners[0].Id, WithId = with.Id, Title = title, Text = "Integrated and sold together, without us.",
            On = DateOnly.FromDateTime(demo.Now.AddDays(-daysAgo)), Amount = amount, Currency = "EUR", Percent = percent, State = state, FirstSaid = state == JointState.Agreed ? true : null, SecondSaid = true,
            FirstBy = state == JointState.Agreed ? "Their admin" : null, SecondBy = "Their admin", By = "Paula Ferreira", At = demo.Now.AddDays(-daysAgo), Version = 1,
        };
    }

    /// <summary>A file that came in when the program began: two partners of it are there, one row was refused.</summary>
    public static (PartnerImport Import, PartnerImportRow[] Rows) Import(Demo demo, IReadOnlyList<Partner> partners)
    {
        var at = demo.Now.AddDays(-400);
        var import = new PartnerImport
        {
            TenantId = demo.Tenant, Id = demo.NewId<PartnerImportId>(at), FileName = "partners-of-the-crm.csv", Header = """["Company","Website","Country","Type"]""", Rows = 3, Mapping = """{"name":0,"website":1,"country":2,"mainType":3}""",
            Created = 2, Refused = 1, StartedByName = "Omar Haddad", CreatedAt = at, Version = 1,
        };
        import.Enter(PartnerImportState.Written, at.AddMinutes(9));
        return (import,
        [
            .. partners.Skip(6).Take(2).Select((p, i) => new PartnerImportRow { TenantId = demo.Tenant, ImportId = import.Id, Number = i + 2, Outcome = PartnerRowOutcome.Create, Title = p.Name, PartnerId = p.Id, Written = true }),
            new PartnerImportRow { TenantId = demo.Tenant, ImportId = import.Id, Number = 4, Outcome = PartnerRowOutcome.Refused, Title = "Unknown Systems", Cells = """["Unknown Systems","","Atlantis","reseller"]""", Text = "Country: “Atlantis” is not known. Write its name or its code of two letters." },
        ]);
    }

    public static IEnumerable<FieldOwner> Owners(Demo demo) =>
        [new FieldOwner { TenantId = demo.Tenant, Field = "legalName", System = OwningSystem.Erp, By = "Omar Haddad", At = demo.Now.AddDays(-90) }];

    /// <summary>How each motion came to stand as it does: it began as applied, and has stood as now since its day.</summary>
    public static IEnumerable<MotionChange> History(Demo demo, IEnumerable<PartnerMotion> motions)
    {
        foreach (var motion in motions)
        {
            var since = motion.Since.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
            if (motion.State != MotionState.Applied)
                yield return MotionHistory.Of(new PartnerMotion { TenantId = motion.TenantId, PartnerId = motion.PartnerId, Motion = motion.Motion, Type = motion.Type, State = MotionState.Applied, Since = motion.Since }, demo.NewId<MotionChangeId>(since.AddDays(-20)), "Paula Ferreira", since.AddDays(-20));
            var begun = new PartnerMotion { TenantId = motion.TenantId, PartnerId = motion.PartnerId, Motion = motion.Motion, Type = motion.Type, State = motion.State == MotionState.Ended ? MotionState.Active : motion.State, Tier = motion.Tier, Since = motion.Since, ManagerId = motion.ManagerId };
            yield return MotionHistory.Of(begun, demo.NewId<MotionChangeId>(since), "Paula Ferreira", since);
            if (motion.Until is { } until)
                yield return MotionHistory.Of(motion, demo.NewId<MotionChangeId>(until.ToDateTime(new TimeOnly(17, 0), DateTimeKind.Utc)), "Paula Ferreira", until.ToDateTime(new TimeOnly(17, 0), DateTimeKind.Utc));
        }
    }
}
