using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Quality;

/// <summary>Several records of one work queue, put right at once.</summary>
/// <param name="Check">The queue.</param>
/// <param name="Ids">The records.</param>
/// <param name="Value">What is true of all of them: a country, a sector, an owner, a product; nothing where they are only confirmed.</param>
internal sealed record BulkFix(string Check, IReadOnlyList<string> Ids, string? Value = null);

/// <summary>How many records were put right.</summary>
internal sealed record Fixed(int Records);

/// <summary>Puts several records of a work queue right at once: all or none, each with its own entry in the audit.</summary>
internal sealed class FixRecords(Work work, Jobs jobs) : UseCase<BulkFix, Fixed>(work)
{
    private const int Most = 500;

    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<Fixed>> HandleAsync(BulkFix input, CancellationToken ct)
    {
        if (QualityChecks.Find(input.Check) is not { Fix: not QualityFix.None } check) return Problem.Missing("work queue");
        if (input.Ids.Count == 0) return Problem.Invalid("ids", "Choose at least one record.");
        if (input.Ids.Count > Most) return Problem.Invalid("ids", $"Choose at most {Most} records at once.");
        var value = Text.OrNull(input.Value);
        var done = check.OfOpportunities ? await OpportunitiesAsync(input.Ids, value, ct) : await AccountsAsync(check, input.Ids, value, ct);
        if (done.Ok) await StartCountQuality.QueueAsync(Work, jobs, ct);
        return done;
    }

    private async Task<Result<Fixed>> AccountsAsync(QualityCheck check, IReadOnlyList<string> texts, string? value, CancellationToken ct)
    {
        if (Refuse(check.Fix, value) is { } refusal) return refusal;
        var owner = check.Fix == QualityFix.Owner ? await SalesPeople.ReadAsync(Work, value, default, "value", ct) : (Result<Owner>)default(Owner);
        if (!owner.Ok) return owner.Problem;
        if (FieldOf(check.Fix) is { } field && await Ownership.AccountOwners.Owners.RefuseAsync(Work, field, ct) is { } owned) return owned;
        var ids = texts.Select(Ids.Parse<AccountId>).OfType<AccountId>().Distinct().ToList();
        var accounts = await Db.Set<Account>().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        if (accounts.Count != texts.Distinct().Count()) return AccountsProblems.Missing();
        var facts = new AccountFacts
        {
            Country = check.Fix == QualityFix.Country ? value : null,
            Sector = check.Fix == QualityFix.Sector ? value : null,
            OwnerName = owner.Value.Name,
            OwnerId = owner.Value.Person,
            OwnerIsSure = true,
        };
        var before = accounts.ConvertAll(a => (a, (IReadOnlyDictionary<HandField, string?>)HandValues.Of(a)));
        foreach (var account in accounts)
        {
            account.Apply(facts, new Changes());
            OwnerRecord.Join(Db.Entry(account));
            account.See(Work.Now);
            account.Review();
        }

        await HandValues.KeepAsync(Work, before, ct);
        Renames.Tell(Work, accounts);
        return new Fixed(accounts.Count);
    }

    private async Task<Result<Fixed>> OpportunitiesAsync(IReadOnlyList<string> texts, string? value, CancellationToken ct)
    {
        if (Ids.Parse<ProductId>(value) is not { } product || !await Db.Set<Product>().AnyAsync(p => p.Id == product, ct)) return Problem.Invalid("value", "Choose a product.");
        var ids = texts.Select(Ids.Parse<OpportunityId>).OfType<OpportunityId>().Distinct().ToList();
        var opportunities = await Db.Set<Opportunity>().Where(o => ids.Contains(o.Id)).ToListAsync(ct);
        if (opportunities.Count != texts.Distinct().Count()) return AccountsProblems.MissingOpportunity();
        foreach (var opportunity in opportunities) opportunity.Sell(product);
        return new Fixed(opportunities.Count);
    }

    private static string? FieldOf(QualityFix fix) => fix switch { QualityFix.Country => "country", QualityFix.Sector => "sector", QualityFix.Owner => "ownerName", _ => null };

    private static Problem? Refuse(QualityFix fix, string? value) => fix switch
    {
        QualityFix.Country when value is null || !CountryNames.IsCode(value) => Problem.Invalid("value", "Choose a country."),
        QualityFix.Sector when value is null || !Sectors.All.Contains(value) => Problem.Invalid("value", "Choose a sector."),
        QualityFix.Owner => new Check().Text(value, "value", "The owner").Problem,
        _ => null,
    };
}
