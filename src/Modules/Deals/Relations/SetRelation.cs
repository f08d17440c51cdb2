using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Relations;

/// <summary>Who holds the relation with an account from now on.</summary>
/// <param name="Account">The account.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Partner">The partner, where one does.</param>
/// <param name="Since">The day from which it holds; null for today.</param>
/// <param name="Note">Why, for the vendor's people.</param>
/// <param name="Seen">What the caller has seen: <see cref="AccountRelation.Seen"/>; null to leave that unchecked.</param>
internal sealed record RelationInput(AccountId Account, RelationHolder? Holder, PartnerId? Partner = null, DateOnly? Since = null, string? Note = null, string? Seen = null);

/// <summary>The vendor's people say who holds the relation with a customer. What was recorded before is ended and stays readable.</summary>
internal sealed class SetRelation(Work work, RelationMail mail) : UseCase<RelationInput, AccountId>(work)
{
    protected override Permission Permission => RelationPermissions.Set;

    protected override async Task<Result<AccountId>> HandleAsync(RelationInput input, CancellationToken ct)
    {
        var needsPartner = input.Holder is RelationHolder.Partner or RelationHolder.Both;
        var check = new Check()
            .That(input.Holder is not null, "holder", "Choose who holds the relation.")
            .That(!needsPartner || input.Partner is not null, "partner", "Choose the partner.")
            .That(input.Since is not { } day || (day <= Work.Today && day.Year >= 1970), "since", "The day lies in the past, or is today.")
            .Text(input.Note, "note", "The note", 500, required: false);
        if (check.Problem is { } problem) return problem;
        if (!await Db.Set<AccountRow>().AnyAsync(a => a.Id == input.Account, ct)) return RelationProblems.NoAccount();
        var partner = needsPartner ? input.Partner : null;
        if (partner is { } id && !await Db.Set<PartnerRow>().AnyAsync(p => p.Id == id && p.MergedInto == null, ct)) return DealsProblems.NoSuchPartner();
        var changed = await RelationBook.ChangeAsync(Work, new RelationChange(input.Account, input.Holder!.Value, partner, RelationBasis.Declared, input.Since ?? Work.Today, Text.OrNull(input.Note), null), input.Seen, ct);
        if (!changed.Ok) return changed.Problem;
        await mail.ChangedAsync(input.Account, changed.Value, except: null, ct);
        return input.Account;
    }
}

/// <summary>A change of who holds a relation.</summary>
internal sealed record RelationChange(AccountId Account, RelationHolder Holder, PartnerId? Partner, RelationBasis Basis, DateOnly Since, string? Note, DealId? Deal);

/// <summary>What a change did, for those who are to be told.</summary>
internal sealed record RelationChanged(IReadOnlyList<PartnerId> Gained, IReadOnlyList<PartnerId> Lost);

/// <summary>Writes changes down, one after the other for each account.</summary>
internal static class RelationBook
{
    /// <summary>Ends what no longer holds and begins what is new; what stays is left as it is. Inside the caller's transaction.</summary>
    public static async Task<Result<RelationChanged>> ChangeAsync(Work work, RelationChange change, string? seen, CancellationToken ct)
    {
        await work.LockAsync($"customer:relation:{change.Account}", ct);
        var living = await work.Db.Set<CustomerRelation>().Where(r => r.AccountId == change.Account && r.EndedAt == null).OrderBy(r => r.Id).ToListAsync(ct);
        if (seen is not null && seen != Token(living)) return Problem.Stale();
        var wanted = Holding.Wanted(change.Holder, change.Partner);
        var ending = living.Where(r => !wanted.Contains(r.PartnerId)).ToList();
        var beginning = wanted.Where(w => living.TrueForAll(r => r.PartnerId != w)).ToList();
        if (ending.Count + beginning.Count == 0) return RelationProblems.NothingChanges();
        foreach (var row in ending) row.End(work.Now, work.Actor.Name);
        foreach (var holder in beginning)
        {
            work.Db.Add(new CustomerRelation
            {
                TenantId = work.Tenant,
                Id = work.NewId<CustomerRelationId>(),
                AccountId = change.Account,
                PartnerId = holder,
                Basis = holder is null ? RelationBasis.Declared : change.Basis,
                Since = change.Since,
                Note = change.Note,
                DealId = holder is null ? null : change.Deal,
                RecordedAt = work.Now,
                RecordedByName = work.Actor.Name,
            });
        }

        return new RelationChanged([.. beginning.OfType<PartnerId>()], [.. ending.Select(r => r.PartnerId).OfType<PartnerId>()]);
    }

    /// <summary>What tells one state of an account's relation from another.</summary>
    public static string Token(IEnumerable<CustomerRelation> living) => string.Join('+', living.Select(r => r.Id.ToString()).Order(StringComparer.Ordinal));
}
