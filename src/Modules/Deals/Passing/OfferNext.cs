using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>A lead that the last partner did not keep, and the partner that is asked next.</summary>
internal sealed record NextInput(LeadId Lead, PartnerId? Partner);

/// <summary>Offers it to the next partner: another turn of the same chain. Nobody learns who had it before.</summary>
internal sealed class OfferNext(Work work, Passer passer, CustomFields fields) : UseCase<NextInput, LeadId>(work)
{
    private const int MostTurns = 50;

    // Of these nothing more comes, and the opportunity is free again.
    private static readonly DealState[] Ended = [DealState.Draft, DealState.Rejected, DealState.Withdrawn, DealState.Expired, DealState.Revoked, DealState.Lost];

    protected override Permission Permission => PassingPermissions.Pass;

    protected override async Task<Result<LeadId>> HandleAsync(NextInput input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, null, ct);
        if (!found.Ok) return found.Problem;
        var last = found.Value;
        if (Work.Actor.IsPartner) return PassingProblems.VendorOnly();
        if (input.Partner is not { } partner) return Problem.Invalid("partner", "Choose a partner.");
        if (last.Direction != LeadDirection.ToPartner || !LeadLifecycle.Free.Contains(last.State)) return PassingProblems.NotFree(last.State);
        var chain = last.ChainId;
        if (await Db.Set<Lead>().AnyAsync(l => l.ChainId == chain && l.Turn > last.Turn, ct) || last.Turn >= MostTurns) return PassingProblems.PassedOn();
        if (last.OpportunityId is { } of)
        {
            // Two who hand an opportunity over, or bring somebody into it, wait for each other.
            await Work.LockAsync($"opportunity:{of}", ct);
            if (await Db.Set<Deal>().AnyAsync(d => d.OpportunityId == of && !Ended.Contains(d.State), ct)) return PassingProblems.HasDeal();
        }

        var id = Work.NewId<LeadId>();
        var passed = await passer.ToPartnerAsync(id, chain, last.Turn + 1, Of(last), partner, ct);
        if (!passed.Ok) return passed;
        Db.Set<Lead>().Local.Single(l => l.Id == id).Link(last.OpportunityId);
        await LeadRecords.CarryAsync(Work, fields, last.Id, id, ct);
        return passed;
    }

    public static Interest Of(Lead lead) => new()
    {
        CustomerName = lead.CustomerName, CustomerDomain = lead.CustomerDomain, CustomerCity = lead.CustomerCity, Country = lead.Country, ContactName = lead.ContactName, ContactEmail = lead.ContactEmail,
        Product = lead.ProductId, Need = lead.Need, Amount = lead.Amount, Currency = lead.Currency,
    };
}
