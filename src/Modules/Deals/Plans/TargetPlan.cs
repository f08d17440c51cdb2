using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Names a person at a company of a target list.</summary>
internal readonly record struct TargetContactId(Guid Value) : ITypedId<TargetContactId>
{
    public static string Prefix => "tgc";
    public static TargetContactId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TargetContactId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Names a note on a company of a target list.</summary>
internal readonly record struct TargetNoteId(Guid Value) : ITypedId<TargetNoteId>
{
    public static string Prefix => "tgn";
    public static TargetNoteId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TargetNoteId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A person at the company whom one of the sides knows, and whose name both share.</summary>
internal sealed class TargetContact : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public TargetContactId Id { get; init; }
    public TargetId TargetId { get; init; }

    /// <summary>The partner of the list; it stands here so that a filter needs no second table.</summary>
    public PartnerId PartnerId { get; init; }

    public string Name { get; set; } = "";
    public string? JobTitle { get; set; }
    public string? Email { get; set; }
    public BuyerRole Role { get; set; }

    /// <summary>Which side knows the person.</summary>
    public DealSide KnownBy { get; set; }

    /// <summary>Who of that side, by name.</summary>
    public string? KnownByName { get; set; }

    public DateTime AddedAt { get; init; }
    public string AddedByName { get; init; } = "";
    public long Version { get; set; }

    public string Watched => TargetId.ToString();
}

/// <summary>A note that both sides read; it stays as it was written.</summary>
internal sealed class TargetNote : ITenantOwned, IWatched
{
    public TenantId TenantId { get; init; }
    public TargetNoteId Id { get; init; }
    public TargetId TargetId { get; init; }
    public PartnerId PartnerId { get; init; }
    public required string Body { get; init; }
    public DateTime At { get; init; }
    public PersonId AuthorId { get; init; }
    public required string AuthorName { get; init; }

    /// <summary>The author's partner; null for the vendor's people.</summary>
    public PartnerId? AuthorPartner { get; init; }

    public string Watched => TargetId.ToString();
}

internal sealed record TargetContactLine(TargetContactId Id, string Name, string? JobTitle, string? Email, BuyerRole Role, DealSide KnownBy, string? KnownByName, long Version);

internal sealed record TargetNoteLine(TargetNoteId Id, string Body, DateTime At, string Author, DealSide Side);

/// <summary>What vendor and partner plan with one company, before there is a deal: both sides read the same.</summary>
internal sealed record TargetPlan(TargetId Target, string? Aim, string? NextStep, DealSide NextSide, DateOnly? NextOn, IReadOnlyList<TargetContactLine> Contacts, IReadOnlyList<TargetNoteLine> Notes, long Version) : IHasVersion
{
    private const int Shown = 50;

    /// <summary>Changes whenever something of the plan changes.</summary>
    public string Mark { get; init; } = "";

    public static async Task<Result<TargetPlan>> FindAsync(Work work, TargetId id, CancellationToken ct)
    {
        var target = await work.Db.Set<Target>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (target is null) return TargetProblems.NoTarget();
        var contacts = await work.Db.Set<TargetContact>().AsNoTracking().Where(c => c.TargetId == id).OrderBy(c => c.Id).Take(SaveTargetContact.Most).ToListAsync(ct);
        var notes = await work.Db.Set<TargetNote>().AsNoTracking().Where(n => n.TargetId == id).OrderByDescending(n => n.Id).Take(Shown).ToListAsync(ct);
        return new TargetPlan(id, target.Aim, target.NextStep, target.NextSide, target.NextOn,
            [.. contacts.Select(c => new TargetContactLine(c.Id, c.Name, c.JobTitle, c.Email, c.Role, c.KnownBy, c.KnownByName, c.Version))],
            [.. notes.Select(n => new TargetNoteLine(n.Id, n.Body, n.At, n.AuthorName, n.AuthorPartner is null ? DealSide.Vendor : DealSide.Partner))], target.Version)
        { Mark = await MarkAsync(work, id, ct) ?? "" };
    }

    /// <summary>The mark, or null where the actor sees no such company.</summary>
    public static async Task<string?> MarkAsync(Work work, TargetId id, CancellationToken ct)
    {
        var db = work.Db;
        var row = await db.Set<Target>().Where(t => t.Id == id).Select(t => new
        {
            t.Version,
            Contacts = db.Set<TargetContact>().Where(c => c.TenantId == t.TenantId && c.TargetId == t.Id).Sum(c => (long?)c.Version) ?? 0,
            People = db.Set<TargetContact>().Count(c => c.TenantId == t.TenantId && c.TargetId == t.Id),
            Notes = db.Set<TargetNote>().Count(n => n.TenantId == t.TenantId && n.TargetId == t.Id),
        }).SingleOrDefaultAsync(ct);
        return row is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Version}.{row.Contacts}.{row.People}.{row.Notes}");
    }
}
