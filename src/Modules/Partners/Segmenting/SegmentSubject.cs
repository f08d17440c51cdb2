using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>One motion of a partner, as far as segments ask about it.</summary>
internal readonly record struct SubjectMotion(Motion Motion, PartnerType Type, MotionState State, Tier Tier, PersonId? Manager);

/// <summary>A confirmed certification of a partner, with its time.</summary>
internal readonly record struct SubjectCertification(string Subject, DateOnly From, DateOnly? Until);

/// <summary>What a partner has achieved, as it was last kept.</summary>
internal readonly record struct SubjectPerformance(int Registrations, long WonAmount, int? WinBasisPoints, DateOnly? LastActive);

/// <summary>What segments ask of one partner, so that a decision can say to which it belongs without a query for each.</summary>
internal sealed record SegmentSubject(Tier Tier, PartnerState State, string Region, string Country, RevenueBand? Revenue, int? Employees, DateTime Since, PartnerType MainType, PersonId? Manager, bool Merged)
{
    public required IReadOnlyList<SubjectMotion> Motions { get; init; }
    public required IReadOnlyList<(TraitKind Kind, string Key)> Traits { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<SubjectCertification> Certifications { get; init; }
    public required DateTime StateSince { get; init; }
    public required DateTime TierSince { get; init; }
    public SubjectPerformance Performance { get; init; }

    /// <summary>It can take a lead or begin a project now.</summary>
    public required bool HasCapacity { get; init; }

    /// <summary>Of its public profiles, as it has told.</summary>
    public int? Followers { get; init; }

    /// <summary>Asks for it among other look-ups; known when they are done, null where there is no such partner.</summary>
    public static Func<SegmentSubject?> Ask(Asks asks, PartnerId partner)
    {
        var motions = asks.For("SELECT motion, type, state, tier, manager_id FROM partners_motion WHERE tenant_id = $1 AND partner_id = $2",
            row => new SubjectMotion(row.Word<Motion>(0)!.Value, row.Word<PartnerType>(1)!.Value, row.Word<MotionState>(2)!.Value, row.Word<Tier>(3)!.Value, row.IdOrNull<PersonId>(4)), partner);
        var traits = asks.For("SELECT kind, key FROM partners_trait WHERE tenant_id = $1 AND partner_id = $2", row => (row.Word<TraitKind>(0)!.Value, row.Text(1)), partner);
        var tags = asks.For("SELECT key FROM partners_tag WHERE tenant_id = $1 AND partner_id = $2", row => row.Text(0), partner);
        var told = asks.For("SELECT lead_capacity, project_capacity, followers FROM partners_expertise WHERE tenant_id = $1 AND partner_id = $2", row => (HasCapacity: row.Number(0) > 0 || row.Number(1) > 0, Followers: (int?)row.Number(2)), partner);
        var certifications = asks.For("SELECT subject, valid_from, valid_until FROM partners_certification WHERE tenant_id = $1 AND partner_id = $2 AND state = $3",
            row => new SubjectCertification(row.Text(0), row.Day(1)!.Value, row.Day(2)), partner, Words.Of(CertificationState.Confirmed));
        var performance = asks.For("SELECT registrations, won_amount, win_basis_points, last_active FROM partners_performance WHERE tenant_id = $1 AND partner_id = $2",
            row => new SubjectPerformance((int)row.Number(0)!.Value, row.Number(1)!.Value, (int?)row.Number(2), row.Day(3)), partner);
        var partners = asks.For("SELECT tier, state, region, country, revenue, employees, since, main_type, manager_id, merged_into, state_since, tier_since FROM partners_partner WHERE tenant_id = $1 AND id = $2",
            row => new SegmentSubject(row.Word<Tier>(0)!.Value, row.Word<PartnerState>(1)!.Value, row.Text(2), row.Text(3), row.Word<RevenueBand>(4), (int?)row.Number(5), row.Time(6)!.Value, row.Word<PartnerType>(7)!.Value,
                row.IdOrNull<PersonId>(8), row.IdOrNull<PartnerId>(9) is not null)
            { Motions = motions, Traits = traits, Tags = tags, Certifications = certifications, StateSince = row.Time(10)!.Value, TierSince = row.Time(11)!.Value, HasCapacity = false }, partner);
        return () => partners.Count == 0 ? null : partners[0] with { HasCapacity = told.Exists(t => t.HasCapacity), Followers = told.Count == 0 ? null : told[0].Followers, Performance = performance.Count == 0 ? default : performance[0] };
    }
}
