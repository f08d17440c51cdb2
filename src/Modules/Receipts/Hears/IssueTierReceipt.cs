using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Hears;

/// <summary>Issues the receipt of a tier change: once, however often it is heard.</summary>
internal sealed class IssueTierReceipt(Work work, Issuer issuer) : UseCase<TierGiven, Done>(work)
{
    protected override Permission Permission => ReceiptsPermissions.Seal;

    protected override async Task<Result<Done>> HandleAsync(TierGiven input, CancellationToken ct)
    {
        var (partner, subject) = (input.Partner, input.Partner.ToString());
        await Work.LockAsync($"receipts.tier:{partner}", ct);
        var change = await Db.Set<TierChangeRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(t => t.PartnerId == partner && t.At == input.At).FirstOrDefaultAsync(ct);
        // Merged into another partner meanwhile: the change is not this one's any more.
        if (change is null) return default(Done);
        if (await Db.Set<Receipt>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(r => r.Subject == subject && r.Kind == ReceiptKind.TierChanged && r.At == input.At, ct)) return default(Done);
        var name = await Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == partner).Select(p => p.Name).SingleOrDefaultAsync(ct);
        await issuer.IssueAsync(new NewReceipt(ReceiptKind.TierChanged, subject, partner, name ?? subject, new ReceiptFacts { { "tier_before", Words.Of(change.From) }, { "tier", Words.Of(change.To) } })
        {
            At = change.At,
            Personal = new Dictionary<string, string?> { ["by"] = change.By, ["in_their_words"] = change.Reason },
        }, ct);
        return default(Done);
    }
}
