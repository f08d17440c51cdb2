using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Conflicts;
using Trellis.Partners.Graph;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Joint;
using Trellis.Partners.Segmenting;
using Trellis.Partners.Solutions;

namespace Trellis.Partners;

/// <summary>Lists about partners as files: what the page shows, for the same eyes.</summary>
internal static class PartnerLists
{
    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/partners/quality.csv", QualityAsync).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();
        web.MapGet("/app/partners/quality/conflicts.csv", Conflicting).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();
        web.MapGet("/app/partners/quality/duplicates.csv", Twins).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();
        web.MapGet("/app/partners/ecosystem.csv", TiesAsync).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();
        web.MapGet("/app/partners/segments.csv", SegmentsAsync).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();
        web.MapGet("/app/partners/{id}/contacts.csv", ContactsAsync).Requires(PartnersPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/partners/joint-value.csv", Joint).Requires(JointPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/partners/solutions.csv", SolutionsAsync).Requires(SolutionPermissions.Keep).ExcludeFromDescription();
    }

    private static async Task<IResult> QualityAsync(Work work, CancellationToken ct)
    {
        var states = await PartnerStates.AllAsync(work, ct);
        return Csv.File("record-quality.csv", ["Missing or old", "Kind", "Partners", "Of", "Change in a month", "Weight", "What suffers", "Weaker figures", "Owner", "Check"],
            states.Select(s => (string?[])
            [
                s.Check.Title, Words.Label(s.Check.Kind), Csv.Figure(s.Failing), Csv.Figure(s.Total), s.Change is { } change ? Csv.Figure(change) : null, s.Check.Gap is { } gap ? Csv.Figure(Lacks.Words(gap).Weight) : null, s.Check.Why,
                s.Check.Weakens, s.OwnerName, s.Check.Code,
            ]), ct);
    }

    private static IResult Conflicting(Work work, CancellationToken ct) =>
        Csv.File("partner-conflicts.csv", ["Partner", "Field", "Said first", "Source", "By", "At (UTC)", "Said later", "Later source", "Later by", "Since (UTC)", "Id"],
            Rows(Paging.AllAsync(p => SaidList.PageAsync(work, p, ct)), c =>
            [
                c.PartnerName, Saids.Fields.First(f => f.Name == c.Field).Label, c.First, SaidList.Label(c.FirstSource), c.FirstBy, Csv.Time(c.FirstAt), c.Later, SaidList.Label(c.LaterSource), c.LaterBy, Csv.Time(c.Since), c.Id.ToString(),
            ]), ct);

    private static IResult Twins(Work work, CancellationToken ct) =>
        Csv.File("likely-duplicates.csv", ["Partner", "Looks like", "Likeness", "Why", "Its id", "The other id"],
            Rows(Paging.AllAsync(async p => (await Quality.LoadAsync(work, p.Cursor, ct)).Twins), t => [t.OneName, t.OtherName, Csv.Figure(Math.Round(t.Score, 4)), string.Join(", ", t.Reasons), t.One.ToString(), t.Other.ToString()]), ct);

    private static async Task<IResult> TiesAsync(Work work, string? kind, string? type, string? region, string? around, string? customers, CancellationToken ct)
    {
        var graph = await Ecosystem.LoadAsync(work, EcosystemFilter.Read(kind, type, region, Ids.Parse<PartnerId>(around), customers != "no"), ct);
        var names = graph.Nodes.ToDictionary(n => n.Id);
        return Csv.File("ecosystem.csv", ["Partner", "How", "Partner or customer", "Note", "From", "To"], graph.Edges.Select(e => (string?[])[names[e.From].Name, e.How, names[e.To].Name, e.Note, e.From, e.To]), ct);
    }

    private static async Task<IResult> SegmentsAsync(Work work, CancellationToken ct) =>
        Csv.File("segments.csv", ["Segment", "Purpose", "Partners", "Support", "Changed (UTC)", "By", "Id"],
            (await SegmentList.AllAsync(work, ct)).Select(s => (string?[])[s.Name, s.Purpose, Csv.Figure(s.Partners), s.Support, Csv.Time(s.At), s.By, s.Id.ToString()]), ct);

    private static async Task<IResult> ContactsAsync(Work work, CustomFields fields, PartnerId id, CancellationToken ct)
    {
        var partner = await PartnerPage.LoadAsync(work, id, ct);
        if (!partner.Ok) return partner.Problem.ToResult();
        var contacts = await PartnerPage.ContactsAsync(work, partner.Value.Id, ct);
        var table = await fields.TableAsync(PartnerContactRecords.Name, contacts.Select(c => c.Id.ToString()), ct);
        var own = await fields.OfAsync(PartnerContactRecords.Name, ct);
        return Csv.File("partner-contacts.csv", ["Name", "Function", "Job title", "E-mail", "Phone", "Portal access", "Id", .. own.Select(f => f.Label)],
            contacts.Select(c => (string?[])[c.Name, Words.Label(c.Function), c.JobTitle, c.Email, c.Phone, c.MaySignIn ? "yes" : "no", c.Id.ToString(), .. own.Select(f => table.Cell(c.Id.ToString(), f))]), ct);
    }

    private static IResult Joint(Work work, CancellationToken ct) =>
        Csv.File("joint-value.csv", ["What", "What they have done", "On", "Amount", "Currency", "First partner", "Its share", "Second partner", "Its share of the second", "Status", "By", "Written down (UTC)"],
            Rows(Paging.AllAsync(p => JointSetup.PageAsync(work, null, p, ct)), j =>
            [
                j.Title, j.Text, Csv.Day(j.On), Csv.Amount(j.Amount, j.Currency), j.Currency, j.PartnerName, Csv.Amount(j.FirstShare, j.Currency), j.IsOne ? null : j.WithName, j.IsOne ? null : Csv.Amount(j.SecondShare, j.Currency),
                Words.Label(j.State), j.By, Csv.Time(j.At),
            ]), ct);

    private static async Task<IResult> SolutionsAsync(Work work, string? q, CancellationToken ct) =>
        Csv.File("solutions.csv", ["Solution", "Offer", "Industry", "Part of", "Partners", "Public", "Changed (UTC)", "By", "Id"],
            (await SolutionList.AllAsync(work, q, ct)).Select(s => (string?[])
            [
                s.Name, s.Offer, s.Vertical, s.ParentName, string.Join("; ", s.Parts.Select(p => $"{p.Name}: {p.Does} ({Words.Label(p.State)})")), s.Public ? "yes" : "no", Csv.Time(s.At), s.By, s.Id.ToString(),
            ]), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows<T>(IAsyncEnumerable<T> items, Func<T, string?[]> cells)
    {
        await foreach (var item in items) yield return cells(item);
    }
}
