using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Opportunities;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>A customer's interest and the partner that shall have it.</summary>
internal sealed record PassInput(Interest Interest, PartnerId? Partner)
{
    /// <summary>The opportunity that the partner shall lead, if there is one already.</summary>
    public OpportunityId? Opportunity { get; init; }
}

/// <summary>The vendor passes a lead to a partner: the rules let it go out, keep it for a person, or refuse.</summary>
internal sealed class PassLead(Work work, Passer passer, CustomFields fields) : UseCase<PassInput, LeadId>(work)
{
    private static readonly LeadState[] Open = [LeadState.InReview, LeadState.Offered, LeadState.Accepted];

    protected override Permission Permission => PassingPermissions.Pass;

    protected override async Task<Result<LeadId>> HandleAsync(PassInput input, CancellationToken ct)
    {
        if (Work.Actor.IsPartner) return PassingProblems.VendorOnly();
        if (input.Interest.Check(new Check()).That(input.Partner is not null, "partner", "Choose a partner.").Problem is { } problem) return problem;
        var own = await fields.FillAsync(LeadRecords.Name, input.Interest.Fields, ct);
        if (!own.Ok) return own.Problem;
        if (input.Opportunity is { } of && await TakenAsync(of, ct) is { } taken) return taken;
        var id = Work.NewId<LeadId>();
        var passed = await passer.ToPartnerAsync(id, id, 1, input.Interest, input.Partner!.Value, ct);
        if (!passed.Ok) return passed;
        Db.Set<Lead>().Local.Single(l => l.Id == id).Link(input.Opportunity);
        Db.AddRange(RecordType<LeadId>.RowsOf(Work.Tenant, id, own.Value));
        return passed;
    }

    // Two who hand an opportunity over, or bring somebody into it, wait for each other.
    private async Task<Problem?> TakenAsync(OpportunityId opportunity, CancellationToken ct)
    {
        if (!await Db.Set<OpportunityRow>().AnyAsync(o => o.Id == opportunity, ct)) return DealsProblems.NoSuchOpportunity();
        await Work.LockAsync($"opportunity:{opportunity}", ct);
        if (await OpportunityTeams.DealAsync(Work, opportunity, ct) is not null) return PassingProblems.HasDeal();
        return await OpportunityTeams.Handed(Work, opportunity).Where(l => Open.Contains(l.State)).OrderBy(l => l.Id).Select(l => (LeadId?)l.Id).FirstOrDefaultAsync(ct) is { } open
            ? PassingProblems.AlreadyOffered(open) : null;
    }
}
