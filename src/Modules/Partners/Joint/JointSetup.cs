using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Joint;

/// <summary>Joint value as the vendor and the two partners see it.</summary>
internal sealed record JointItem(
    JointValueId Id, PartnerId Partner, string PartnerName, PartnerId With, string WithName, string Title, string? Text, DateOnly On, long Amount, string Currency, int Percent, long FirstShare, long SecondShare,
    JointState State, bool? FirstSaid, bool? SecondSaid, string By, DateTime At)
{
    /// <summary>The two were merged since: it is one partner's, wholly.</summary>
    public bool IsOne => Partner == With;

    /// <summary>Whether this partner has said yes first and the other one not yet.</summary>
    public bool CanWithdraw(PartnerId? me) => State == JointState.Proposed && me == Partner && FirstSaid is true;

    /// <summary>Whether this partner has not answered yet.</summary>
    public bool AwaitsAnswerOf(PartnerId? me) => State == JointState.Proposed && ((me == Partner && FirstSaid is null) || (me == With && SecondSaid is null));
}

/// <summary>What joint value adds to the module, and its queries.</summary>
internal static class JointSetup
{
    public static readonly NotificationKind Asked = new("partners.joint_value", "Partnership", "We are asked to agree to value made with another partner", null, ByMail.AtOnce);

    public static readonly NotificationKind Answered = new("partners.joint_answered", "Partnership", "A partner has answered about joint value that I wrote down", ByMail.Digest, null);

    public static readonly NotificationKind WrittenDown = new("partners.joint_written", "Partnership", "My partner has written down joint value", ByMail.Digest, null);

    public static void AddJoint(this IServiceCollection services)
    {
        services.AddNotificationKinds(Asked, Answered, WrittenDown);
        services.AddScoped<ProposeJoint>().AddScoped<SuggestJoint>().AddScoped<WithdrawJoint>().AddScoped<ConfirmJoint>().AddScoped<DropJoint>().AddScoped<IPartnerContributions, JointGifts>().AddScoped<IPartnerFigures, JointFigures>().AddScoped<IMoneyRows, JointAmounts>();
    }

    public static Manifest WithJoint(this Manifest manifest) => manifest
        .Permits(JointPermissions.All)
        .Shows(new NavItem("app", "Partners", "Joint value", "/app/partners/joint-value", "heart-handshake", JointPermissions.View, 208))
        .Offers(new Offer("portal", "Write down joint value", "/portal/joint-value", "heart-handshake", JointPermissions.Suggest, "together another partner without vendor"))
        .Shows(new NavItem("portal", "", "Joint value", "/portal/joint-value", "heart-handshake", JointPermissions.View, 797));

    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/joint-value").WithTags("Partners").ProducesProblem(403);
        all.MapGet("/", ListAsync).WithName("ListJointValue").WithSummary("Value that two partners have made together; a partner’s token sees its own").Produces<Page<JointItem>>().Requires(JointPermissions.View);
        all.MapPost("/", ProposeAsync).WithName("ProposeJointValue").WithSummary("Write down value that two partners have made together").Produces<Made<JointValueId>>(201).ProducesProblem(422).Requires(JointPermissions.Propose);
        all.MapGet("/total", TotalAsync).WithName("GetJointValueTotal").WithSummary("K-47: count and amount of joint value in a window, in the main currency; a partner’s token sees its own").Produces<JointTotal>().ProducesProblem(422).Requires(JointPermissions.View);
        all.MapPost("/suggestions", SuggestAsync).WithName("SuggestJointValue").WithSummary("Write down, as one of the two, value made with another partner").Produces<Made<JointValueId>>(201).ProducesProblem(409).ProducesProblem(422).Requires(JointPermissions.Suggest);
        all.MapPost("/{id}/answer", AnswerAsync).WithName("AnswerJointValue").WithSummary("The company’s own yes or no").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(JointPermissions.Confirm);
        all.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawJointValue").WithSummary("Take back, as the one that has written it down, what the other one has not answered").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(JointPermissions.Suggest);
        all.MapDelete("/{id}", DropAsync).WithName("DropJointValue").WithSummary("Take away what was not agreed").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(JointPermissions.Propose);
    }

    public static async Task<Page<JointItem>> PageAsync(Work work, JointState? state, Paging paging, CancellationToken ct)
    {
        var rows = work.Db.Set<JointValue>().AsNoTracking();
        if (state is { } wanted) rows = rows.Where(j => j.State == wanted);
        var page = await rows.PageAsync(j => j.On, j => j.Id, true, paging, ct);
        // Each of the two reads the other's name: they have made it together.
        var ids = page.Items.SelectMany(j => new[] { j.PartnerId, j.WithId }).Distinct().ToArray();
        var names = await work.Db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return page.Select(j => new JointItem(j.Id, j.PartnerId, names.GetValueOrDefault(j.PartnerId, ""), j.WithId, names.GetValueOrDefault(j.WithId, ""), j.Title, j.Text, j.On, j.Amount, j.Currency, j.Percent,
            j.ShareOf(j.PartnerId), j.IsOne ? 0 : j.ShareOf(j.WithId), j.State, j.FirstSaid, j.SecondSaid, j.By, j.At));
    }

    private static async Task<IResult> ListAsync(Work work, string? state, string? cursor, int? size, CancellationToken ct) => Results.Json(await PageAsync(work, Words.Parse<JointState>(state), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> ProposeAsync(JointInput input, ProposeJoint propose, CancellationToken ct) => (await propose.RunAsync(input, ct)).Then<Made<JointValueId>>(id => new Made<JointValueId>(id)).ToCreated(made => $"/api/v1/joint-value/{made.Id}");

    private static async Task<IResult> TotalAsync(Work work, DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        var (first, last) = JointMetric.LastYear(work.Today);
        var window = (From: from ?? first, To: to ?? last);
        return window.From > window.To || window.From.Year < 1950 || window.To.Year > 2100 ? Problem.Invalid("from", "The window runs from an earlier day to a later one.").ToResult() : Results.Json(await JointMetric.OfAsync(work, window.From, window.To, ct), Json.Options);
    }

    private static async Task<IResult> SuggestAsync(JointSuggestion input, SuggestJoint suggest, CancellationToken ct) => (await suggest.RunAsync(input, ct)).Then<Made<JointValueId>>(id => new Made<JointValueId>(id)).ToCreated(made => $"/api/v1/joint-value/{made.Id}");

    private static async Task<IResult> AnswerAsync(JointValueId id, Answer answer, ConfirmJoint confirm, CancellationToken ct) => (await confirm.RunAsync(new JointAnswer(id, answer.Accept), ct)) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> WithdrawAsync(JointValueId id, WithdrawJoint withdraw, CancellationToken ct) => (await withdraw.RunAsync(id, ct)) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> DropAsync(JointValueId id, DropJoint drop, CancellationToken ct) => (await drop.RunAsync(id, ct)) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    internal sealed record Answer(bool Accept);
}

/// <summary>Each of the two is credited with its share on its line of time.</summary>
internal sealed class JointGifts(Work work) : IPartnerContributions
{
    public async Task<IReadOnlyList<PartnerGift>> OfAsync(PartnerId partner, int most, CancellationToken ct)
    {
        var rows = await work.Db.Set<JointValue>().AsNoTracking().Where(j => j.State == JointState.Agreed && (j.PartnerId == partner || j.WithId == partner)).OrderByDescending(j => j.On).Take(most).ToListAsync(ct);
        return [.. rows.Select(j => new PartnerGift(j.On, "Joint value", j.Title, new Money(j.ShareOf(partner), j.Currency).ToString(), j.By, work.Actor.IsPartner ? "/portal/joint-value" : "/app/partners/joint-value"))];
    }
}

/// <summary>Shares of joint value in the figures of partners.</summary>
internal sealed class JointFigures(Work work) : IPartnerFigures
{
    public async Task<IReadOnlyList<PartnerFigure>> OfAsync(IReadOnlyList<PartnerId> partners, CancellationToken ct)
    {
        // Who asks has decided that these partners may be seen. The database sums, by the rule of JointValue.ShareOf.
        var agreed = work.Db.Set<JointValue>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(j => j.State == JointState.Agreed);
        var first = await agreed.Where(j => partners.Contains(j.PartnerId)).GroupBy(j => new { Partner = j.PartnerId, j.Currency })
            .Select(g => new { g.Key.Partner, g.Key.Currency, Count = g.Count(), Sum = g.Sum(j => j.PartnerId == j.WithId ? j.Amount : j.Amount * j.Percent / 100) }).ToListAsync(ct);
        var second = await agreed.Where(j => j.PartnerId != j.WithId && partners.Contains(j.WithId)).GroupBy(j => new { Partner = j.WithId, j.Currency })
            .Select(g => new { g.Key.Partner, g.Key.Currency, Count = g.Count(), Sum = g.Sum(j => j.Amount - (j.Amount * j.Percent / 100)) }).ToListAsync(ct);
        return [.. first.Concat(second).GroupBy(s => (s.Partner, s.Currency)).Select(g => new PartnerFigure(g.Key.Partner, "Joint value", g.Sum(s => s.Count), g.Sum(s => s.Sum), g.Key.Currency))];
    }
}

/// <summary>Joint value carries amounts: from the first on, the main currency stays.</summary>
internal sealed class JointAmounts(Db db) : IMoneyRows
{
    public Task<bool> AnyAsync(CancellationToken ct) => db.Set<JointValue>().AnyAsync(ct);
}
