using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>A fact with its beginning, its author and its reason.</summary>
internal sealed record Standing<T>(T Value, DateTime Since, string By, string? Reason);

/// <summary>A partner in full.</summary>
internal sealed record PartnerDetails : IHasVersion
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    public required PartnerId Id { get; init; }
    public required string Name { get; init; }
    public string? LegalName { get; init; }
    public string? Website { get; init; }
    public string? Domain { get; init; }
    public string? Description { get; init; }
    public required string Country { get; init; }
    public required string Region { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? Phone { get; init; }
    public int? Employees { get; init; }
    public RevenueBand? Revenue { get; init; }
    public string[] Languages { get; init; } = [];
    public string[] Verticals { get; init; } = [];
    public string[] Competencies { get; init; } = [];
    public PartnerType MainType { get; init; }
    public ValueFamily Family => PartnerWords.Family(MainType);
    public required Standing<PartnerState> State { get; init; }
    public required Standing<Tier> Tier { get; init; }

    /// <summary>What may happen to the partner next.</summary>
    public IReadOnlyList<PartnerTrigger> Allowed { get; init; } = [];

    public Manager? Manager { get; init; }
    public IReadOnlyList<MotionItem> Motions { get; init; } = [];
    public DateTime Since { get; init; }

    /// <summary>Whether its people see the figures of its subsidiaries.</summary>
    public bool SeesFamily { get; init; }

    /// <summary>The partner that this one was merged into, or null.</summary>
    public PartnerId? MergedInto { get; init; }

    public long Version { get; init; }
}

internal sealed record MotionItem(Motion Motion, PartnerType Type, MotionState State, Tier Tier, DateOnly Since, DateOnly? Until)
{
    /// <summary>Who looks after this motion, where it is not the partner's manager.</summary>
    public Manager? Manager { get; init; }
}

internal sealed record ContactItem(ContactId Id, string Name, string Email, string? Phone, string? JobTitle, ContactFunction Function, bool MaySignIn)
{
    /// <summary>Its custom fields by their keys, as far as the reader may see them.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }
}

internal sealed record NoteItem(NoteId Id, NoteAudience Audience, NoteKind Kind, string Text, string By, bool FromPartner, DateTime At, DateOnly HappenedOn, PersonId? AuthorId, DateTime? EditedAt)
{
    public static NoteItem Of(Note n) => new(n.Id, n.Audience, n.Kind, n.Text, n.By, n.FromPartner, n.At, DateOnly.FromDateTime(n.HappenedAt ?? n.At), n.AuthorId, n.EditedAt);
}

/// <summary>A tie as seen from one partner, in words.</summary>
internal sealed record RelationItem(PartnerId Partner, string Name, string How, RelationKind Kind, bool Forward, string? Note);

/// <summary>The queries behind the 360° page, the portal's company page and the API.</summary>
internal static class PartnerPage
{
    public static async Task<Result<PartnerDetails>> LoadAsync(Work work, PartnerId id, CancellationToken ct)
    {
        var partner = await work.Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (partner is null) return PartnersProblems.Missing();
        // Whoever asks for a record that was merged gets the partner that it turned out to be; a chain of merges is short.
        for (var step = 0; partner.MergedInto is { } into && step < 10; step++)
        {
            partner = await work.Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == into, ct);
            if (partner is null) return PartnersProblems.Missing();
        }

        id = partner.Id;
        var motions = await work.Db.Set<PartnerMotion>().AsNoTracking().Where(m => m.PartnerId == id)
            .ToListAsync(ct);
        PersonId[] ids = [.. motions.Select(m => m.ManagerId).Append(partner.ManagerId).OfType<PersonId>().Distinct()];
        var people = ids.Length == 0 ? [] : await work.Db.Set<PersonRow>().Where(p => ids.Contains(p.Id)).Select(p => new Manager(p.Id, p.Name, p.Email)).ToListAsync(ct);
        return Details(partner, Find(partner.ManagerId), [.. motions.OrderBy(m => m.State == MotionState.Ended).ThenBy(m => m.Motion)
            .Select(m => new MotionItem(m.Motion, m.Type, m.State, m.Tier, m.Since, m.Until) { Manager = Find(m.ManagerId) })], work.Actor);

        Manager? Find(PersonId? id) => people.Find(p => p.Id == id);
    }

    public static Task<List<ContactItem>> ContactsAsync(Work work, PartnerId id, CancellationToken ct) =>
        work.Db.Set<Contact>().AsNoTracking().Where(c => c.PartnerId == id).OrderBy(c => c.Name).ThenBy(c => c.Id).Take(500)
            .Select(c => new ContactItem(c.Id, c.Name, c.Email, c.Phone, c.JobTitle, c.Function, c.PersonId != null)).ToListAsync(ct);

    public static async Task<Page<NoteItem>> NotesAsync(Work work, PartnerId id, Paging paging, CancellationToken ct) =>
        (await work.Db.Set<Note>().AsNoTracking().Where(n => n.PartnerId == id).PageAsync(n => n.Id, n => n.Id, true, paging, ct)).Select(NoteItem.Of);

    /// <summary>The notes that the actor may change or take away.</summary>
    public static async Task<Page<NoteItem>> OwnNotesAsync(Work work, PartnerId id, Paging paging, CancellationToken ct)
    {
        var (me, manages) = (work.Actor.Person, !work.Actor.IsPartner && work.Actor.May(PartnersPermissions.Manage));
        return (await work.Db.Set<Note>().AsNoTracking().Where(n => n.PartnerId == id && (n.AuthorId == me || (manages && !n.FromPartner))).PageAsync(n => n.Id, n => n.Id, true, paging, ct)).Select(NoteItem.Of);
    }

    public const int MostTies = 200;

    /// <summary>The ties of a partner to others, read once for a page.</summary>
    public static Task<List<PartnerTie>> TiesAsync(Work work, PartnerId id, CancellationToken ct) => work.Kept<ReadOnce>().Ties.OrReadAsync(id, () => Ties(work, id).Take(MostTies).ToListAsync(ct));

    public static IQueryable<PartnerTie> Ties(Work work, PartnerId id) =>
        from r in work.Db.Set<Relation>()
        join left in work.Db.Set<Partner>() on new { r.TenantId, Id = r.FromId } equals new { left.TenantId, left.Id }
        join right in work.Db.Set<Partner>() on new { r.TenantId, Id = r.ToId } equals new { right.TenantId, right.Id }
        where r.FromId == id || r.ToId == id
        select new PartnerTie { Since = r.Since, FromId = r.FromId, FromName = left.Name, ToId = r.ToId, ToName = right.Name, Kind = r.Kind, Note = r.Note };

    public static async Task<IReadOnlyList<RelationItem>> RelationsAsync(Work work, PartnerId id, CancellationToken ct)
    {
        var rows = await TiesAsync(work, id, ct);
        return [.. rows.Select(r => r.FromId == id ? new RelationItem(r.ToId, r.ToName, RelationWords.How(r.Kind, true), r.Kind, true, r.Note) : new RelationItem(r.FromId, r.FromName, RelationWords.How(r.Kind, false), r.Kind, false, r.Note))
            .OrderBy(r => r.How).ThenBy(r => r.Name)];
    }

    /// <summary>The partner with this name; a name that none or several have is refused.</summary>
    public static async Task<Result<PartnerId>> NamedAsync(Work work, string? name, CancellationToken ct)
    {
        var typed = (name ?? "").Trim();
        var domain = Profiles.Domain(Profiles.Website(typed));
        var ids = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && (p.Name == typed || (domain != null && p.Domain == domain))).OrderBy(p => p.Id).Select(p => p.Id).Take(2).ToListAsync(ct);
        return ids switch
        {
            [var only] => only,
            [] => Problem.Invalid("other", "There is no partner with this name or web address."),
            _ => Problem.Invalid("other", "Several partners have this name. Write the web address of the one that is meant."),
        };
    }

    private static PartnerDetails Details(Partner p, Manager? manager, IReadOnlyList<MotionItem> motions, Actor actor) => new()
    {
        Id = p.Id,
        Name = p.Name,
        LegalName = p.LegalName,
        Website = p.Website,
        Domain = p.Domain,
        Description = p.Description,
        Country = p.Country,
        Region = p.Region,
        City = p.City,
        Postcode = p.Postcode,
        Phone = p.Phone,
        Employees = p.Employees,
        Revenue = p.Revenue,
        Languages = TextList.Items(p.Languages),
        Verticals = TextList.Items(p.Verticals),
        Competencies = TextList.Items(p.Competencies),
        MainType = p.MainType,
        State = new Standing<PartnerState>(p.State, p.StateSince, p.StateBy, p.StateReason),
        Tier = new Standing<Tier>(p.Tier, p.TierSince, p.TierBy, p.TierReason),
        Allowed = actor.May(PartnersPermissions.ChangeState) ? PartnerLifecycle.Machine.Allowed(p.State) : [],
        Manager = manager,
        Motions = motions,
        Since = p.Since,
        SeesFamily = p.SeesFamily,
        MergedInto = p.MergedInto,
        Version = p.Version,
    };
}
