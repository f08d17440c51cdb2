using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Records;

namespace Trellis.Partners.Agreements;

/// <summary>An agreement as it is typed; all of it, whether it is new or changed.</summary>
internal sealed record AgreementInput(
    AgreementKind? Kind, string? Number, DateOnly? SignedOn, DateOnly? ValidFrom, DateOnly? ValidUntil = null, int RenewalMonths = 0, int NoticeDays = 0, string? Note = null, FileId? File = null);

/// <summary>Writes down an agreement with a partner, or changes one.</summary>
internal sealed class SaveAgreement(Work work) : UseCase<(PartnerId Partner, PartnerAgreementId? Agreement, AgreementInput Input, long? Version), PartnerAgreementId>(work)
{
    private const int Most = 200;
    private const int MostMonths = 120;
    private const int MostDays = 730;

    protected override Permission Permission => AgreementPermissions.Keep;

    protected override async Task<Result<PartnerAgreementId>> HandleAsync((PartnerId Partner, PartnerAgreementId? Agreement, AgreementInput Input, long? Version) input, CancellationToken ct)
    {
        var (partner, id, a, version) = input;
        if (!await LivePartner.IsAsync(Db, partner, ct)) return PartnersProblems.Missing();
        if (Check(a, Work.Today) is { } problem) return problem;
        if (a.File is { } file && !await Db.Set<PartnerFile>().AnyAsync(f => f.Id == file && f.PartnerId == partner, ct)) return Problem.Invalid("file", "The partner has no such file.");
        var agreement = id is { } known ? await Db.Set<PartnerAgreement>().SingleOrDefaultAsync(x => x.Id == known && x.PartnerId == partner, ct) : null;
        if (id is not null && agreement is null) return AgreementProblems.Missing();
        if (version is { } seen && agreement is not null && agreement.Version != seen) return Problem.Stale();
        if (agreement?.EndedOn is not null) return AgreementProblems.Over();
        if (agreement is null)
        {
            if (await Db.Set<PartnerAgreement>().CountAsync(x => x.PartnerId == partner, ct) >= Most) return AgreementProblems.TooMany(Most);
            Db.Add(agreement = new PartnerAgreement { TenantId = Work.Tenant, Id = Work.NewId<PartnerAgreementId>(), PartnerId = partner, Number = "", By = "" });
        }

        (agreement.Kind, agreement.Number, agreement.SignedOn, agreement.ValidFrom) = (a.Kind!.Value, a.Number!.Trim(), a.SignedOn, a.ValidFrom!.Value);
        (agreement.RenewalMonths, agreement.NoticeDays, agreement.Note, agreement.FileId) = (a.RenewalMonths, a.NoticeDays, Text.OrNull(a.Note), a.File ?? agreement.FileId);
        agreement.Until(a.ValidUntil);
        agreement.Index();
        (agreement.By, agreement.At) = (Work.Actor.Name, Work.Now);
        return agreement.Id;
    }

    internal static Problem? Check(AgreementInput a, DateOnly today) => new Check()
        .That(a.Kind is not null, "kind", "Choose what it is about.")
        .Text(a.Number, "number", "The number", 80)
        .That(a.SignedOn is null || (a.SignedOn >= PartnerDays.Earliest && a.SignedOn <= today), "signedOn", "It was signed between 1950 and today.")
        .That(a.ValidFrom >= PartnerDays.Earliest && a.ValidFrom <= PartnerDays.Latest, "validFrom", "Since when is it valid?")
        .That(a.ValidUntil is null || a.ValidUntil <= PartnerDays.Latest, "validUntil", "The last day lies too far ahead.")
        .That(a.ValidUntil is null || a.ValidFrom is null || a.ValidUntil >= a.ValidFrom, "validUntil", "It cannot end before it begins.")
        .That(a.RenewalMonths is >= 0 and <= MostMonths, "renewalMonths", $"Between 0 and {MostMonths} months.")
        .That(a.RenewalMonths == 0 || a.ValidUntil is not null, "renewalMonths", "What has no last day does not renew.")
        .That(a.NoticeDays is >= 0 and <= MostDays, "noticeDays", $"Between 0 and {MostDays} days.")
        .Text(a.Note, "note", "The note", 2000, required: false).Problem;
}
