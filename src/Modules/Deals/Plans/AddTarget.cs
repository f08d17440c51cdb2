using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Plans;

/// <summary>A company for a list: an account, by the vendor's people; or as it is written, by either side.</summary>
internal sealed record TargetInput(TargetListId List, AccountId? Account, string? Name = null, string? City = null, string? Country = null);

/// <summary>
/// Puts a company on a list. Whether a company that a partner proposes is one of the vendor's accounts is found out here and kept for the vendor's people; the partner's own words stay as they are.
/// </summary>
internal sealed class AddTarget(Work work) : UseCase<TargetInput, TargetId>(work)
{
    public const int Most = 500;

    // A proposal is taken for an account only where it is all but sure.
    private const double Sure = 0.93;

    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetId>> HandleAsync(TargetInput input, CancellationToken ct)
    {
        var found = await Work.TargetListAsync(input.List, ct);
        if (!found.Ok) return found.Problem;
        var written = await WrittenAsync(input, ct);
        if (!written.Ok) return written.Problem;
        var (account, name, city, country) = written.Value;
        await Work.LockAsync($"targets:{input.List}", ct);
        var key = Customers.NameKey(name);
        if (await Db.Set<Target>().AnyAsync(t => t.ListId == input.List && t.NameKey == key && t.City == city, ct)) return TargetProblems.AlreadyThere();
        if (await Db.Set<Target>().CountAsync(t => t.ListId == input.List, ct) >= Most) return TargetProblems.Full();
        var target = new Target
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<TargetId>(),
            ListId = input.List,
            PartnerId = found.Value.PartnerId,
            AccountId = account,
            Name = name,
            NameKey = key,
            SearchText = Text.Fold(name, city),
            City = city,
            Country = country,
            Proposed = Work.Actor.IsPartner,
            NextSide = Work.Actor.IsPartner ? DealSide.Partner : DealSide.Vendor,
            AddedAt = Work.Now,
            AddedByName = Work.Actor.Name,
            ChangedAt = Work.Now,
            ChangedByName = Work.Actor.Name,
        };
        Db.Add(target);
        return target.Id;
    }

    private async Task<Result<(AccountId? Account, string Name, string? City, string? Country)>> WrittenAsync(TargetInput input, CancellationToken ct)
    {
        if (input.Account is { } id && !Work.Actor.IsPartner)
        {
            var account = await Db.Set<AccountRow>().Where(a => a.Id == id).Select(a => new { a.Name, a.City, a.Country }).SingleOrDefaultAsync(ct);
            if (account is null) return Problem.Invalid("account", "There is no such account.");
            return ((AccountId?)id, account.Name, account.City, account.Country);
        }

        var check = new Check().Text(input.Name, "name", "The company's name").Text(input.City, "city", "The city", 100, required: false)
            .That(Text.OrNull(input.Country) is null || Countries.Find(input.Country!.Trim().ToUpperInvariant()) is not null, "country", "Choose a country.");
        if (check.Problem is { } problem) return problem;
        var (name, city, country) = (input.Name!.Trim(), Text.OrNull(input.City), Text.OrNull(input.Country)?.ToUpperInvariant());
        var matches = await Customers.MatchAsync(Work, new TypedCustomer(name, null, country, City: city), ct);
        var sure = matches.Where(m => m.Score >= Sure).ToList();
        return (sure.Count == 1 ? sure[0].Account : (AccountId?)null, name, city, country);
    }
}
