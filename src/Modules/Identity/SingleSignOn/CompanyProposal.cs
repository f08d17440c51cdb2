using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Names what a partner asks for.</summary>
internal readonly record struct CompanyProposalId(Guid Value) : ITypedId<CompanyProposalId>
{
    public static string Prefix => "sop";
    public static CompanyProposalId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CompanyProposalId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>
/// The provider that a partner has entered for its own people, until the vendor has decided. It works nowhere: what is approved becomes a <see cref="Company"/>. A refused one stays with its
/// reason until the partner asks again.
/// </summary>
internal sealed class CompanyProposal : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public CompanyProposalId Id { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The sign-in that it is going to be, so that the return address is known before.</summary>
    public CompanyId CompanyId { get; set; }
    public required string Issuer { get; set; }
    public required string ClientId { get; set; }

    /// <summary>The client secret, sealed with the installation's keys; null for a client without one, and after a refusal.</summary>
    [Secret]
    public string? Secret { get; set; }
    public required string Domains { get; set; }
    public bool CreatesPeople { get; set; }
    public string? DefaultRole { get; set; }

    /// <summary>Who has entered it.</summary>
    public PersonId By { get; set; }
    public required string ByName { get; set; }
    public DateTime At { get; set; }
    public DateTime? RefusedAt { get; set; }
    public string? RefusedByName { get; set; }

    /// <summary>Why it was refused; the partner reads it.</summary>
    public string? Reason { get; set; }
    public long Version { get; set; }

    public bool Waits => RefusedAt is null;

    public void Refuse(string reason, string by, DateTime at) => (Secret, Reason, RefusedByName, RefusedAt) = (null, reason, by, at);
}

internal static class CompanyProposals
{
    /// <summary>What a partner asks for, or was refused.</summary>
    public static Task<CompanyProposal?> OfAsync(Work work, PartnerId partner, CancellationToken ct) =>
        work.Db.Set<CompanyProposal>().AsNoTracking().SingleOrDefaultAsync(p => p.PartnerId == partner, ct);

    /// <summary>What waits for the vendor, the oldest first, with the names of the partners.</summary>
    public static async Task<IReadOnlyList<(CompanyProposal Proposal, string Partner)>> WaitingAsync(Work work, CancellationToken ct)
    {
        var all = await work.Db.Set<CompanyProposal>().AsNoTracking().Where(p => p.RefusedAt == null).OrderBy(p => p.At).Take(200).ToListAsync(ct);
        var partners = all.ConvertAll(p => p.PartnerId);
        var names = (await work.Db.Set<Membership>().AsNoTracking().Where(m => partners.Contains(m.PartnerId)).Select(m => new { m.PartnerId, m.PartnerName }).Distinct().ToListAsync(ct)).ToLookup(m => m.PartnerId, m => m.PartnerName);
        return [.. all.Where(p => names.Contains(p.PartnerId)).Select(p => (p, names[p.PartnerId].First()))];
    }

    /// <summary>
    /// Whether the vendor's own people, its sign-in, or another sign-in that is on use one of these domains. No more is told before the vendor looks: who else is a partner here is nobody's to find out by trying.
    /// </summary>
    public static async Task<bool> AreForeignAsync(Work work, string[] domains, CompanyId own, CancellationToken ct)
    {
        if (await work.Db.Set<CompanyDomain>().AnyAsync(d => domains.Contains(d.Domain) && d.CompanyId != own, ct)) return true;
        var vendor = await work.Db.Set<Company>().AsNoTracking().Where(c => c.PartnerId == null).Select(c => c.Domains).ToListAsync(ct);
        return vendor.Exists(d => CompanyDomains.Split(d).Intersect(domains).Any()) || await OfVendorAsync(work, domains, ct);
    }

    /// <summary>Whose people have addresses in these domains, beside those of one partner.</summary>
    public static async Task<IReadOnlyList<string>> HoldersAsync(Work work, string[] domains, PartnerId partner, CancellationToken ct)
    {
        var holders = new List<string>();
        if (await OfVendorAsync(work, domains, ct)) holders.Add(work.Actor.TenantName);
        foreach (var end in domains.Select(d => "@" + d))
            holders.AddRange(await (
                from m in work.Db.Set<Membership>().AsNoTracking()
                join p in work.Db.Set<Person>() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                where m.PartnerId != partner && p.Email.EndsWith(end)
                orderby m.PartnerName
                select m.PartnerName).Distinct().Take(3).ToListAsync(ct));
        return [.. holders.Distinct()];
    }

    // The vendor's people are few: an index holds them apart.
    private static async Task<bool> OfVendorAsync(Work work, string[] domains, CancellationToken ct) =>
        (await work.Db.Set<Person>().AsNoTracking().Where(p => p.Roles != "" && !p.IsService).Select(p => p.Email).ToListAsync(ct)).Exists(e => domains.Contains(CompanyDomains.Of(e)));
}
