using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Somebody disputes a deal.</summary>
/// <param name="Deal">The deal that it is about.</param>
/// <param name="Text">What is wrong, in the words of the person who raises it.</param>
/// <param name="Credit">Whether it is about the shares of the credit.</param>
/// <param name="ShareBasisPoints">The share that is asked for, in a dispute about credit.</param>
/// <param name="Other">The vendor's people only: the other partner's deal.</param>
/// <param name="Opportunity">The vendor's people only: the opportunity of the direct team.</param>
internal sealed record RaiseInput(DealId Deal, string? Text, bool Credit = false, int? ShareBasisPoints = null, DealId? Other = null, OpportunityId? Opportunity = null);

/// <summary>
/// A partner disputes a refusal, a rival at its customer or its share; a direct seller or the partner manager a claim. A suspicion that stands already becomes the dispute; what was
/// refused is looked at by somebody else than the person who refused it.
/// </summary>
internal sealed class RaiseConflict(Work work, ConflictMail mail) : UseCase<RaiseInput, ConflictId>(work)
{
    protected override Permission Permission => ConflictsPermissions.Raise;

    protected override async Task<Result<ConflictId>> HandleAsync(RaiseInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (new Check().Text(input.Text, "text", "What is wrong", 4000).Problem is { } problem) return problem;
        if (deal.State == DealState.Draft) return Work.Actor.IsPartner ? ConflictsProblems.NothingToRaise(deal.State) : DealsProblems.Missing();
        await Work.LockAsync($"conflict:{deal.Id}", ct);
        var made = input.Credit ? await CreditAsync(deal, input, ct) : await ClaimAsync(deal, input, ct);
        if (!made.Ok) return made.Problem;
        var conflict = made.Value;
        var moved = await Work.MoveAsync(conflict, ConflictTrigger.Dispute, input.Text!.Trim(), ct);
        if (!moved.Ok) return moved.Problem;
        // Against what a person has decided it is the partner's appeal; against the rules alone nobody has decided yet.
        var appeals = Work.Actor.IsPartner && conflict.FirstDecider is not null;
        if (appeals) conflict.Appeal(Work.Now);
        Work.Say(conflict, appeals ? StatementKind.Appeal : StatementKind.Statement, input.Text!);
        await mail.DisputedAsync(conflict, ct);
        return conflict.Id;
    }

    private async Task<Result<Conflict>> ClaimAsync(Deal deal, RaiseInput input, CancellationToken ct)
    {
        var partner = Work.Actor.Partner;
        if (partner is not null && deal.PartnerId != partner) return DealsProblems.HolderOnly();
        var refused = deal.State is DealState.Rejected or DealState.Revoked;
        if (!refused && DealLifecycle.IsOver(deal.State)) return ConflictsProblems.NothingToRaise(deal.State);
        var id = deal.Id;
        var all = await Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).Where(c => (c.DealId == id || c.OtherDealId == id) && c.Kind != ConflictKind.Credit).OrderByDescending(c => c.OpenedAt).ToListAsync(ct);
        if (all.Find(c => c.State is ConflictState.Disputed or ConflictState.Mediated) is { } open) return ConflictsProblems.AlreadyRaised(open.Id);
        // Once: what a person has settled since is appealed against, not raised anew.
        if (all.Find(c => c.Shown && c.State == ConflictState.Settled && partner is not null) is { } settled) return ConflictsProblems.AlreadyRaised(settled.Id);
        var conflict = all.Find(c => c.State == ConflictState.Suspected && Fits(c, input)) ?? await NewAsync(deal, input, ct);
        if (conflict is null) return ConflictsProblems.NoSuchDeal();
        if (refused) conflict.Against(await DeciderAsync(deal, ct));
        return conflict;
    }

    private static bool Fits(Conflict c, RaiseInput input) =>
        (input.Other is not { } other || c.DealId == other || c.OtherDealId == other) && (input.Opportunity is not { } opportunity || c.OpportunityId == opportunity);

    private async Task<Conflict?> NewAsync(Deal deal, RaiseInput input, CancellationToken ct)
    {
        Conflict conflict;
        if (!Work.Actor.IsPartner && input.Other is { } other)
        {
            var rival = await Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == other && d.Id != deal.Id && d.State != DealState.Draft, ct);
            if (rival is null) return null;
            conflict = ConflictWatch.Begin(Work, deal, ConflictKind.PartnerPartner, "raised by hand", rival.CustomerName, rival.Id, rival.PartnerId, null);
        }
        else if (!Work.Actor.IsPartner && input.Opportunity is { } opportunity)
        {
            var direct = await Db.Set<OpportunityRow>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == opportunity, ct);
            if (direct is null) return null;
            conflict = ConflictWatch.WithDirect(Work, deal, direct.Id, direct.ExternalId, "raised by hand");
        }
        else
        {
            conflict = await FromDecisionAsync(deal, ct);
        }

        Db.Add(conflict);
        return conflict;
    }

    // What stood against the registration when it was decided; the partner itself knows nothing of it.
    private async Task<Conflict> FromDecisionAsync(Deal deal, CancellationToken ct)
    {
        var id = deal.Id;
        var decision = await Db.Set<Decision>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(d => d.DealId == id).OrderByDescending(d => d.At).FirstOrDefaultAsync(ct);
        var evidence = decision is null ? null : Evidence.FromJson(decision.Evidence);
        var rule = decision?.RuleId ?? "raised by hand";
        if (evidence?.Rivals.Concat(evidence.Perhaps).OrderBy(r => r.IsProtected(Work.Today) ? 0 : 1).FirstOrDefault(r => r.Covers(deal.ProductId) && r.Partner != deal.PartnerId) is { } rival)
            return ConflictWatch.Between(Work, deal, rival, rule);
        if (evidence?.Direct.OrderByDescending(o => o.OpenedOn ?? DateOnly.MinValue).FirstOrDefault() is { } direct) return ConflictWatch.WithDirect(Work, deal, direct.Id, direct.ExternalId, rule);
        var refused = deal.State is DealState.Rejected or DealState.Revoked;
        return ConflictWatch.Begin(Work, deal, refused ? ConflictKind.Refusal : ConflictKind.PartnerDirect, rule, null, null, null, null);
    }

    // The person who refused or revoked; none where the rules alone did.
    private async Task<PersonId?> DeciderAsync(Deal deal, CancellationToken ct)
    {
        var (subject, none) = (deal.Id.ToString(), default(PersonId));
        var person = await Db.Set<AuditEntry>().Where(a => a.Subject == subject && (a.Action == "deals.refuse" || a.Action == "deals.revoke")).OrderByDescending(a => a.Id).Select(a => a.ActorPerson).FirstOrDefaultAsync(ct);
        return person == none ? null : person;
    }

    private async Task<Result<Conflict>> CreditAsync(Deal deal, RaiseInput input, CancellationToken ct)
    {
        var id = deal.Id;
        var team = await Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == id && m.State == MemberState.Accepted).OrderBy(m => m.InvitedAt).ToListAsync(ct);
        var claimant = Work.Actor.Partner ?? team.FirstOrDefault()?.PartnerId;
        if (claimant is not { } partner || team.Count == 0) return ConflictsProblems.NothingToRaise(deal.State);
        if (partner != deal.PartnerId && team.TrueForAll(m => m.PartnerId != partner)) return DealsProblems.NotInvited();
        if (input.ShareBasisPoints is not (>= 0 and <= 10_000)) return Problem.Invalid("share", "The share you ask for lies between 0 and 100 %.");
        if (await Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).FirstOrDefaultAsync(c => c.DealId == id && c.Kind == ConflictKind.Credit && c.State != ConflictState.Settled, ct) is { } open)
            return ConflictsProblems.AlreadyRaised(open.Id);
        var other = partner == deal.PartnerId ? team[0].PartnerId : deal.PartnerId;
        var conflict = new Conflict
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<ConflictId>(),
            Kind = ConflictKind.Credit,
            CustomerName = deal.CustomerName,
            AccountId = deal.AccountId,
            ProductId = deal.ProductId,
            DealId = deal.Id,
            PartnerId = partner,
            OtherDealId = deal.Id,
            OtherPartnerId = other,
            AskedBasisPoints = input.ShareBasisPoints,
            Rule = "shares of the deal team",
            OpenedAt = Work.Now,
            OpenedBy = Work.Actor.Name,
            SearchText = Text.Fold(deal.CustomerName, deal.CustomerDomain),
        };
        Db.Add(conflict);
        return conflict;
    }
}
