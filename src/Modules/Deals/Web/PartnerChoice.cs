using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Deals.Web;

/// <summary>How the vendor's people name a partner in a form: from a list while it is short, by name or web address where there are many.</summary>
/// <param name="Options">All active partners; of many, those alone that the form names already.</param>
/// <param name="Many">Whether there are more than a list is for.</param>
internal sealed record PartnerChoice(IReadOnlyList<Option> Options, bool Many)
{
    public const int Most = 200;

    public static readonly PartnerChoice None = new([], false);

    /// <param name="work">The request.</param>
    /// <param name="ct">Ends it.</param>
    /// <param name="named">Identifiers that the form names already, and that are to be read by their names.</param>
    public static async Task<PartnerChoice> ReadAsync(Work work, CancellationToken ct, params string?[] named)
    {
        var listed = await Active(work).OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).Take(Most + 1).ToListAsync(ct);
        var options = listed.ConvertAll(p => new Option(p.Id.ToString(), p.Name));
        var many = options.Count > Most;
        var missing = named.Where(n => many || !options.Exists(o => o.Value == n)).Select(Ids.Parse<PartnerId>).OfType<PartnerId>().Distinct().ToArray();
        List<Option> known = missing.Length == 0 ? [] : (await work.Db.Set<PartnerRow>().Where(p => missing.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToListAsync(ct)).ConvertAll(p => new Option(p.Id.ToString(), p.Name));
        return new(many ? known : [.. options, .. known], many);
    }

    /// <summary>The one active partner that is meant: by identifier, name, web address, or the only one of whose name it is a part. Null where nothing was typed.</summary>
    public static async Task<Result<PartnerId?>> FindAsync(Work work, string? typed, CancellationToken ct, string field = "partner")
    {
        if (Text.OrNull(typed) is not { } words) return default(PartnerId?);
        if (Ids.Parse<PartnerId>(words) is { } id) return (PartnerId?)id;
        var domain = words.Contains('.') ? Customer.Domain(words) : null;
        var exact = await Active(work).Where(p => p.Name == words || (domain != null && p.Domain == domain)).OrderBy(p => p.Id).Select(p => p.Id).Take(2).ToListAsync(ct);
        var folded = Text.Fold(words);
        if (exact.Count == 0 && folded.Length > 0) exact = await Active(work).Where(p => p.SearchText.Contains(folded)).OrderBy(p => p.Id).Select(p => p.Id).Take(2).ToListAsync(ct);
        return exact switch
        {
            [var only] => (PartnerId?)only,
            [] => DealsProblems.NoPartnerNamed(field),
            _ => DealsProblems.SeveralPartnersNamed(field),
        };
    }

    public PartnerChoice Without(PartnerId partner) => this with { Options = [.. Options.Where(o => o.Value != partner.ToString())] };

    private static IQueryable<PartnerRow> Active(Work work) => work.Db.Set<PartnerRow>().Where(p => p.MergedInto == null && p.State != PartnerState.Prospect && p.State != PartnerState.Applicant && p.State != PartnerState.Former);
}
