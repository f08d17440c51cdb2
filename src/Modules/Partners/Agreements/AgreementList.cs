using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Records;

namespace Trellis.Partners.Agreements;

/// <summary>An agreement as both sides read it; the note is the vendor's.</summary>
internal sealed record AgreementItem(
    PartnerAgreementId Id, PartnerId Partner, string PartnerName, AgreementKind Kind, string Number, AgreementState State, DateOnly? SignedOn, DateOnly ValidFrom, DateOnly? ValidUntil, int RenewalMonths, int NoticeDays,
    DateOnly? NoticeUntil, FileId? File, string? FileName, DateOnly? EndedOn, string? EndReason, string? Note, string By, DateTime At, long Version) : IHasVersion
{
    /// <summary>The newest proposal to renew it, or null.</summary>
    public RenewalItem? Renewal { get; init; }
}

/// <summary>Which agreements are asked for: with this status, or those that are not over; of one manager's partners, or of all.</summary>
internal sealed record AgreementFilter(AgreementState? State = null, bool All = false, AgreementKind? Kind = null, PersonId? Manager = null)
{
    public static AgreementFilter Read(string? state, string? kind, string? manager, Actor actor) =>
        new(Words.Parse<AgreementState>(state), state == "all", Words.Parse<AgreementKind>(kind), manager == "me" ? actor.Person : Ids.Parse<PersonId>(manager));
}

internal static class AgreementList
{
    private const int Most = 200;

    /// <summary>What runs out next comes first.</summary>
    public static async Task<Page<AgreementItem>> PageAsync(Work work, AgreementFilter filter, Paging paging, CancellationToken ct)
    {
        var today = work.Today;
        var rows = work.Db.Set<PartnerAgreement>().AsNoTracking();
        if (filter.State is { } state) rows = rows.With(state, today);
        else if (!filter.All) rows = rows.Where(a => a.Ends >= today);
        if (filter.Kind is { } kind) rows = rows.Where(a => a.Kind == kind);
        if (filter.Manager is { } manager)
        {
            var theirs = work.Db.Set<Partner>().Where(p => p.ManagerId == manager).Select(p => p.Id);
            rows = rows.Where(a => theirs.Contains(a.PartnerId));
        }

        var page = await rows.PageAsync(a => a.Ends, a => a.Id, false, paging, ct);
        return new(await ItemsAsync(work, page.Items, ct), page.Next, page.Previous);
    }

    /// <summary>The agreements of a partner: those in force first, then drafts, then what is over.</summary>
    public static async Task<IReadOnlyList<AgreementItem>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var rows = await work.Db.Set<PartnerAgreement>().AsNoTracking().Where(a => a.PartnerId == partner).OrderByDescending(a => a.Ends).ThenBy(a => a.Id).Take(Most).ToListAsync(ct);
        return [.. (await ItemsAsync(work, rows, ct)).OrderBy(a => a.State switch { AgreementState.Expiring => 0, AgreementState.Active => 1, AgreementState.Draft => 2, _ => 3 })];
    }

    /// <summary>What is in force with a partner, without files and renewals: one question, for a card on its page.</summary>
    public static async Task<IReadOnlyList<AgreementItem>> InForceAsync(Work work, PartnerId partner, int most, CancellationToken ct)
    {
        var today = work.Today;
        var rows = await work.Db.Set<PartnerAgreement>().AsNoTracking().Where(a => a.PartnerId == partner && a.SignedOn != null && a.ValidFrom <= today && a.Ends >= today).OrderBy(a => a.Ends).ThenBy(a => a.Id).Take(most).ToListAsync(ct);
        return [.. rows.Where(a => a.StateOn(today) is AgreementState.Active or AgreementState.Expiring).Select(a => Item(work, a, [], [], []))];
    }

    public static async Task<Result<AgreementItem>> FindAsync(Work work, PartnerAgreementId id, CancellationToken ct) =>
        await work.Db.Set<PartnerAgreement>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is { } row ? (await ItemsAsync(work, [row], ct))[0] : AgreementProblems.Missing();

    private static async Task<IReadOnlyList<AgreementItem>> ItemsAsync(Work work, IReadOnlyList<PartnerAgreement> rows, CancellationToken ct)
    {
        var (partners, files) = (rows.Select(a => a.PartnerId).Distinct().ToArray(), rows.Select(a => a.FileId).OfType<FileId>().Distinct().ToArray());
        var names = await work.Db.Set<Partner>().AsNoTracking().Where(p => partners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        // A file that is internal is not there for a partner.
        var held = files.Length == 0 ? [] : await work.Db.Set<PartnerFile>().AsNoTracking().Where(f => files.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Name, ct);
        var renewals = await RenewalList.NewestAsync(work, [.. rows.Where(a => a.RenewalMonths == 0 && a.ValidUntil != null).Select(a => a.Id)], ct);
        return [.. rows.Select(a => Item(work, a, names, held, renewals))];
    }

    private static AgreementItem Item(Work work, PartnerAgreement a, Dictionary<PartnerId, string> names, Dictionary<FileId, string> files, Dictionary<PartnerAgreementId, RenewalItem> renewals) => new(
        a.Id, a.PartnerId, names.GetValueOrDefault(a.PartnerId, ""), a.Kind, a.Number, a.StateOn(work.Today), a.SignedOn, a.ValidFrom, a.ValidUntil, a.RenewalMonths, a.NoticeDays, a.NoticeUntil,
        a.FileId is { } file && files.ContainsKey(file) ? file : null, a.FileId is { } named ? files.GetValueOrDefault(named) : null, a.EndedOn, a.EndReason, work.Actor.IsPartner ? null : a.Note, a.By, a.At, a.Version)
    {
        Renewal = renewals.GetValueOrDefault(a.Id),
    };
}
