using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

internal static class IdentityTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        PeopleTables.Map(model, db);
        model.Owned<Tenant>("identity_tenant", t => t.TenantId);

        var person = model.Owned<Person>("identity_person", p => new { p.TenantId, p.Id });
        person.HasIndex(p => new { p.TenantId, p.Email }).IsUnique();
        // The vendor's own people, who are few among all partners' people.
        person.HasIndex(p => new { p.TenantId, p.Name, p.Id }, "IX_identity_person_staff").HasFilter("roles <> ''");

        var membership = model.Owned<Membership>("identity_membership", m => new { m.TenantId, m.PersonId, m.PartnerId });
        membership.HasIndex(m => new { m.TenantId, m.PartnerId });
        membership.HasIndex(m => new { m.TenantId, m.PartnerName, m.PersonId });

        var login = model.Entity<Login>();
        login.ToTable("identity_login");
        // By address first: whoever stands at the door has named no company yet.
        login.HasKey(l => new { l.Email, l.TenantId });

        var key = model.Entity<Key>();
        key.ToTable("identity_key");
        key.HasKey(k => k.Hash);
        key.HasIndex(k => new { k.TenantId, k.PersonId });

        SigningInTables.Map(model, db);
        Settings.SettingsSetup.Tables(model);

        model.Published<PersonRow>();
        model.Published<MembershipRow>();
    }
}
