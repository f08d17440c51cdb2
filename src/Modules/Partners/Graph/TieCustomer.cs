using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Graph;

internal sealed record NewCustomerTie(AccountId Account, CustomerTieKind? Kind, string? Note = null);

internal sealed record CustomerTieItem(AccountId Account, string Name, CustomerTieKind Kind, string How, string? Note, string By, DateTime Since);

/// <summary>Notes how a partner is tied to a customer account.</summary>
internal sealed class TieCustomer(Work work) : UseCase<(PartnerId Partner, NewCustomerTie Tie), Done>(work)
{
    private const int Most = 500;

    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, NewCustomerTie Tie) input, CancellationToken ct)
    {
        var (partner, tie) = input;
        if (new Check().That(tie.Kind is not null, "kind", "Choose how the two are tied.").Text(tie.Note, "note", "The note", 300, required: false).Problem is { } problem) return problem;
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == partner && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        if (!await Db.Set<AccountRow>().AnyAsync(a => a.Id == tie.Account, ct)) return Problem.Invalid("account", "There is no such customer.");
        var there = await Db.Set<CustomerTie>().Where(t => t.PartnerId == partner).Select(t => new { t.AccountId, t.Kind }).ToListAsync(ct);
        if (there.Count >= Most) return Problem.Invalid("account", $"A partner is tied to at most {Most} customers.");
        if (there.Any(t => t.AccountId == tie.Account && t.Kind == tie.Kind)) return Problem.Invalid("account", "These two are tied in this way already.");
        Db.Add(new CustomerTie { TenantId = Work.Tenant, PartnerId = partner, AccountId = tie.Account, Kind = tie.Kind!.Value, Note = Text.OrNull(tie.Note), By = Work.Actor.Name, Since = Work.Now });
        return default(Done);
    }
}

internal static class CustomerTies
{
    public static async Task<IReadOnlyList<CustomerTieItem>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var rows = await (from t in work.Db.Set<CustomerTie>()
                          join a in work.Db.Set<AccountRow>() on new { t.TenantId, Id = t.AccountId } equals new { a.TenantId, a.Id }
                          where t.PartnerId == partner
                          orderby a.Name
                          select new { a.Id, a.Name, t.Kind, t.Note, t.By, t.Since }).Take(200).ToListAsync(ct);
        return [.. rows.Select(r => new CustomerTieItem(r.Id, r.Name, r.Kind, RelationWords.How(r.Kind), r.Note, r.By, r.Since))];
    }

    /// <summary>The customer with this name; a name that none or several have is refused.</summary>
    public static async Task<Result<AccountId>> NamedAsync(Work work, string? name, CancellationToken ct)
    {
        var typed = (name ?? "").Trim();
        return await work.Db.Set<AccountRow>().Where(a => a.Name == typed).OrderBy(a => a.Id).Select(a => a.Id).Take(2).ToListAsync(ct) switch
        {
            [var only] => only,
            [] => Problem.Invalid("account", "There is no customer with this name."),
            _ => Problem.Invalid("account", "Several customers have this name."),
        };
    }
}
