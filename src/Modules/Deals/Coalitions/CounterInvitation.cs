using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Other terms that the invited partner wants.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="ShareBasisPoints">The share of the credit it wants; null for what was offered.</param>
/// <param name="WorkBasisPoints">The share of the work it offers; null for what was asked.</param>
/// <param name="Note">Why, or what else.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record CounterInput(DealId Deal, int? ShareBasisPoints, int? WorkBasisPoints, string? Note, long? Version = null);

/// <summary>The invited partner neither accepts nor declines: it asks for other terms.</summary>
internal sealed class CounterInvitation(Work work, CoalitionMail mail) : UseCase<CounterInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(CounterInput input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner) return DealsProblems.NotInvited();
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok || await Work.LivingAsync(input.Deal, partner, ct) is not { } agreement) return found.Ok ? DealsProblems.NotInvited() : found.Problem;
        var check = new Check().Text(input.Note, "note", "The explanation", 500, required: false)
            .That(input.ShareBasisPoints is null or >= 0 and <= 10_000, "share", "A share lies between 0 and 100 %.")
            .That(input.WorkBasisPoints is null or >= 0 and <= 10_000, "work", "A share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        var (share, part) = (input.ShareBasisPoints ?? agreement.ShareBasisPoints, input.WorkBasisPoints ?? agreement.WorkBasisPoints);
        if (share == agreement.ShareBasisPoints && part == agreement.WorkBasisPoints && Text.OrNull(input.Note) is null) return CoalitionProblems.CounterEmpty();
        var team = await Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == input.Deal && m.PartnerId != partner).ToListAsync(ct);
        // Told the bound, a partner could compute what the others have; so more than the whole is refused here, and the rest when it is answered.
        if (Shares.Left(team) < 0 || share > 10_000) return DealsProblems.SharesExceeded(10_000);
        var moved = Work.Move(agreement, AgreementTrigger.Counter, Text.OrNull(input.Note));
        if (!moved.Ok) return moved.Problem;
        (agreement.CounterShare, agreement.CounterWork, agreement.CounterNote, agreement.CounteredByName) = (share, part, Text.OrNull(input.Note), Work.Actor.Name);
        await mail.CounteredAsync(found.Value, agreement, ct);
        return input.Deal;
    }
}
