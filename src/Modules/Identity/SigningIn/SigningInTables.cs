using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The tables of signing in: sessions, attempts, second factors, passkeys.</summary>
internal static class SigningInTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var session = model.Owned<Session>("identity_session", s => new { s.TenantId, s.Id });
        session.HasIndex(s => new { s.TenantId, s.PersonId });
        session.HasIndex(s => new { s.TenantId, s.SeenAt });

        var day = model.Owned<SignInDay>("identity_sign_in_day", d => new { d.TenantId, d.PersonId, d.PartnerId, d.Day });
        day.HasIndex(d => new { d.TenantId, d.PartnerId, d.At, d.PersonId });
        day.HasIndex(d => new { d.TenantId, d.At });
        // When its colleagues come is the vendor's to know, and each person's own.
        day.HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners);
        model.Published<SignInDayRow>().HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners);

        var attempt = model.Entity<Attempt>();
        attempt.ToTable("identity_attempt");
        attempt.HasKey(a => a.Key);
        attempt.HasIndex(a => a.At);

        model.Owned<SecondFactor>("identity_second_factor", f => new { f.TenantId, f.PersonId });
        model.Owned<RecoveryCode>("identity_recovery_code", r => new { r.TenantId, r.PersonId, r.Hash });
        model.Owned<SignInPolicy>("identity_sign_in_policy", p => p.TenantId);

        var passkey = model.Owned<Passkey>("identity_passkey", k => new { k.TenantId, k.Id });
        passkey.Property(k => k.Credential).HasMaxLength(1500);
        passkey.Property(k => k.Attestation).HasMaxLength(20_000);
        passkey.Property(k => k.ClientData).HasMaxLength(20_000);
        passkey.HasIndex(k => new { k.TenantId, k.PersonId });
        passkey.HasIndex(k => new { k.TenantId, k.Credential }).IsUnique();

        CompanyTables.Map(model, db);
    }
}
