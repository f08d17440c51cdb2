using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Published;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class StoryTests
{
    [SkippableTheory, Databases]
    public async Task From_registration_to_the_win_the_figures_follow_the_deal(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (seller, adviser) = (await world.PartnerAsync(), await world.PartnerAsync(Motion.Influence));
        var deal = await world.RegisterAsync(seller, 25_000_00);
        (await world.FigureAsync(world.Manager, Metric.SourcedPipeline)).Amount.ShouldBe(25_000_00);
        (await world.FigureAsync(world.Manager, Metric.InfluencedPipeline)).Amount.ShouldBe(0);

        await world.JoinAsync(deal, adviser, 2_000);
        (await world.FigureAsync(world.Manager, Metric.InfluencedPipeline)).Amount.ShouldBe(25_000_00);
        (await world.FigureAsync(world.Manager, Metric.Sourced)).Amount.ShouldBe(0);

        await world.WinAsync(deal, 30_000_01);

        (await world.FigureAsync(world.Manager, Metric.SourcedPipeline)).Deals.ShouldBe(0);
        (await world.FigureAsync(world.Manager, Metric.InfluencedPipeline)).Deals.ShouldBe(0);
        foreach (var (metric, amount) in new[] { (Metric.Sourced, 30_000_01L), (Metric.InfluencedGross, 30_000_01), (Metric.InfluencedCredited, 6_000_00), (Metric.Resold, 30_000_01) })
        {
            var figure = await world.FigureAsync(world.Manager, metric);
            (figure.Amount, figure.Deals, figure.Currency).ShouldBe((amount, 1, "USD"), metric.Id);
        }

        var journey = (await world.Manager.DoAsync<Work, Result<DealJourney>>(w => Journey.OfAsync(w, deal, default))).Value;
        journey.Touches.Select(t => (t.Partner, t.Kind, t.Counts)).ShouldBe([(seller.Actor.Partner!.Value, TouchKind.Registration, true), (adviser.Actor.Partner!.Value, TouchKind.Advice, true)]);
        journey.Credits.Select(c => c.Amounts[0]).ShouldBe([24_000_01, 6_000_00]);
    }

    [SkippableTheory, Databases]
    public async Task What_is_decided_as_it_is_registered_is_credited_by_one_delivery(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        var deal = await world.RegisterAsync(seller, 30_000_00);
        var heard = await world.Tenant.AsSystemAsync<Db, List<OutboxRow>>(db => db.Set<OutboxRow>().AsNoTracking().ToListAsync());
        heard.Where(o => o.Payload.Contains(deal.ToString(), StringComparison.Ordinal)).Select(o => o.Listener).Where(l => l.StartsWith("Trellis.Insights.", StringComparison.Ordinal)).ShouldBe([typeof(Hears.NoteRegistration).FullName!]);
        var credits = await world.Tenant.AsSystemAsync<Db, List<Credit>>(db => db.Set<Credit>().AsNoTracking().Where(c => c.DealId == deal).ToListAsync());
        credits.ShouldNotBeEmpty();
        credits.ShouldAllBe(c => c.Outcome == Outcome.Open && c.PartnerId == seller.Actor.Partner && c.DealAmount == 30_000_00);
    }

    [SkippableTheory, Databases]
    public async Task A_lost_deal_leaves_the_pipeline_and_counts_nowhere(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        var deal = await world.RegisterAsync(seller);
        await world.CloseAsync(deal, "lose", new { text = "Chose another vendor." });
        foreach (var metric in Metric.All) (await world.FigureAsync(world.Manager, metric)).Deals.ShouldBe(0, metric.Id);
        var board = await world.Manager.DoAsync<Work, IReadOnlyList<PartnerContribution>>(w => PartnerBoard.TopAsync(w, InsightsWorld.Year(), 50, default));
        board.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_partners_touch_counts_after_confirmation_and_only_once(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (seller, adviser, other) = (await world.PartnerAsync(), await world.PartnerAsync(Motion.Influence), await world.PartnerAsync());
        var deal = await world.RegisterAsync(seller);
        await world.JoinAsync(deal, adviser, 0);
        async Task<long> LinearAsync() => (await world.FigureAsync(world.Manager, Metric.SourcedPipeline, InsightsWorld.Year(adviser.Actor.Partner, CreditModel.Linear))).Amount
            + (await world.Tenant.AsSystemAsync<Db, long>(db => db.Set<Credit>().Where(c => c.DealId == deal && c.PartnerId == adviser.Actor.Partner && c.Model == CreditModel.Linear).SumAsync(c => c.CreditedAmount)));

        (await LinearAsync()).ShouldBe(12_500_00);
        var touch = (await world.TouchAsync(adviser, deal)).Value;
        (await LinearAsync()).ShouldBe(12_500_00, "not confirmed yet");

        (await adviser.DoAsync<ConfirmTouch, Result<Done>>(c => c.RunAsync(touch, default))).Problem!.Status.ShouldBe(403);
        (await world.Manager.DoAsync<ConfirmTouch, Result<Done>>(c => c.RunAsync(touch, default))).Ok.ShouldBeTrue();
        (await LinearAsync()).ShouldBe(16_666_67);
        (await world.Manager.DoAsync<ConfirmTouch, Result<Done>>(c => c.RunAsync(touch, default))).Problem!.Code.ShouldBe("insights.confirmed");

        (await world.TouchAsync(other, deal)).Problem!.Status.ShouldBe(404);
        (await world.TouchAsync(world.Manager, DealId.From(Guid.CreateVersion7()), seller.Actor.Partner)).Problem!.Status.ShouldBe(404);
        (await world.TouchAsync(world.Manager, deal, PartnerId.From(Guid.CreateVersion7()))).Problem!.Status.ShouldBe(404);
        (await (await world.Tenant.App.TenantAsync()).Administrator.DoAsync<ConfirmTouch, Result<Done>>(c => c.RunAsync(touch, default))).Problem!.Status.ShouldBe(404);
    }

    [SkippableTheory, Databases]
    public async Task A_touch_needs_evidence_a_day_that_has_come_and_a_deed(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        var deal = await world.RegisterAsync(seller);
        var partner = seller.Actor.Partner;
        (await world.TouchAsync(world.Manager, deal, partner, evidence: " ")).Problem!.Errors.Keys.ShouldBe(["evidence"]);
        (await world.TouchAsync(world.Manager, deal, partner, daysAgo: -2)).Problem!.Errors.Keys.ShouldBe(["on"]);
        (await world.TouchAsync(world.Manager, deal, partner, daysAgo: 20_000)).Problem!.Errors.Keys.ShouldBe(["on"]);
        (await world.TouchAsync(world.Manager, deal)).Problem!.Errors.Keys.ShouldBe(["partner"]);
        (await world.TouchAsync(seller, deal, kind: TouchKind.Registration)).Problem!.Errors.Keys.ShouldBe(["kind"]);

        using var pages = await world.Manager.PagesAsync();
        var path = $"/app/analytics/journeys/{deal}";
        var refused = await pages.SubmitAsync(await pages.GetAsync(path), "touch", ("Input.Partner", partner.ToString()!), ("Input.Kind", "workshop"), ("Input.On", "2026-01-05"), ("Input.Evidence", ""));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Document.QuerySelector("[name='Input.On']")!.GetAttribute("value").ShouldBe("2026-01-05");
        var done = await pages.SubmitAsync(refused, "touch", ("Input.Evidence", "Minutes of the workshop"));
        done.Status.ShouldBe(HttpStatusCode.OK);
        done.Text.ShouldContain("Minutes of the workshop");
    }

    [SkippableTheory, Databases]
    public async Task Every_figure_is_the_sum_of_its_rows_on_page_api_and_export_and_a_partner_sees_its_own_part(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (one, two, three) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync(Motion.Influence));
        foreach (var (seller, amount, won) in new[] { (one, 10_000_00L, true), (one, 20_000_00, true), (two, 20_000_00, true), (two, 7_000_33, false), (one, 5_000_01, false) })
        {
            var deal = await world.RegisterAsync(seller, amount);
            await world.JoinAsync(deal, three, 1_234);
            if (seller == one) await world.JoinAsync(deal, two, 777, "deliver");
            if (won) await world.WinAsync(deal, amount + 1);
        }

        var gross = await world.FigureAsync(world.Manager, Metric.InfluencedGross);
        (gross.Amount, gross.Deals).ShouldBe((50_000_03, 3), "two partners influenced the first two deals; each counts once");
        using var api = await world.Manager.ApiAsync();
        using var pages = await world.Manager.PagesAsync();
        foreach (var metric in Metric.All)
        {
            foreach (var model in new[] { CreditModel.AgreedSplit, CreditModel.Linear })
            {
                var scope = InsightsWorld.Year(null, model);
                var figure = await world.FigureAsync(world.Manager, metric, scope);
                figure.Amount.ShouldBeGreaterThan(0, metric.Id);
                var rows = await world.RowsAsync(world.Manager, metric, scope);
                (rows.Sum(r => r.CountedAmount), rows.Count, rows.Select(r => r.Deal).Distinct().Count()).ShouldBe((figure.Amount, figure.Deals, figure.Deals), $"{metric.Id} {model}");
                var query = $"model={Words.Of(model)}&{scope.Window.Query}";
                (await api.GetFromJsonAsync<JsonElement>($"/api/v1/metrics/{metric.Slug}?{query}")).GetProperty("amount").GetInt64().ShouldBe(figure.Amount);
                (await pages.GetAsync($"/app/analytics/rows?metric={metric.Slug}&{query}")).Text.ShouldContain(new Money(figure.Amount, "USD").Major.ToString("N2", CultureInfo.InvariantCulture));
                var csv = await pages.Http.GetStringAsync($"/app/analytics/rows.csv?metric={metric.Slug}&{query}");
                csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Sum(l => decimal.Parse(l.Split(',')[^2], CultureInfo.InvariantCulture)).ShouldBe(figure.Amount / 100m);
                if (!metric.IsPipeline)
                    (await world.Manager.DoAsync<Work, IReadOnlyList<MonthFigure>>(w => Figures.ByMonthAsync(w, metric, scope, default))).Sum(m => m.Amount).ShouldBe(figure.Amount);

                foreach (var partner in new[] { one, two, three })
                {
                    var own = await world.FigureAsync(partner, metric, scope);
                    var seen = await world.FigureAsync(world.Manager, metric, scope with { Partner = partner.Actor.Partner });
                    (own.Amount, own.Deals).ShouldBe((seen.Amount, seen.Deals), $"{metric.Id} {model}");
                    (await world.RowsAsync(partner, metric, scope)).ShouldAllBe(r => r.Partners == partner.Actor.PartnerName);
                    (await world.FigureAsync(partner, metric, scope with { Partner = one.Actor.Partner })).Amount.ShouldBe(partner == one ? own.Amount : 0);
                }
            }
        }

        (await api.GetFromJsonAsync<JsonElement>("/api/v1/metrics/k-01?partner=par_nonsense")).GetProperty("amount").GetInt64().ShouldBe(0, "a partner that does not exist is not everybody");
        (await api.GetAsync("/api/v1/metrics/k-99")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetAsync("/api/v1/metrics/sourced-pipeline/months")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Another_partner_finds_no_journey(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (seller, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(seller);
        using var api = await other.ApiAsync();
        (await api.GetAsync($"/api/v1/deals/{deal}/journey")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pages = await other.PagesAsync();
        (await pages.GetAsync($"/portal/performance/journeys/{deal}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var own = await seller.ApiAsync();
        (await own.GetAsync($"/api/v1/deals/{deal}/journey")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task First_and_last_day_of_a_window_belong_to_it(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var partner = (await world.PartnerAsync()).Actor.Partner!.Value;
        DateTime[] closes = [new(2026, 1, 31, 23, 59, 59, DateTimeKind.Utc), new(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), new(2026, 2, 28, 23, 59, 59, 999, DateTimeKind.Utc), new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc)];
        var credits = closes.SelectMany((at, i) => Crediting.Of(world.Tenant.Id, new DealFacts(DealId.From(Guid.CreateVersion7()), partner, false, Outcome.Won, at, 1L << i, "USD", [], []), at)).ToList();
        await world.Tenant.AsSystemAsync<Db, Done>(async db =>
        {
            await db.Engine.InsertAsync(db, credits, default);
            await db.Engine.InsertAsync(db, DayFigures.Of(world.Tenant.Id, credits), default);
            return default;
        });

        var february = new Scope(Window.Parse(null, "2026-02-01", "2026-02-28", new DateOnly(2026, 11, 21)));
        (await world.FigureAsync(world.Manager, Metric.Sourced, february)).Amount.ShouldBe(2 + 4);
        (await world.FigureAsync(world.Manager, Metric.Sourced, february with { Partner = partner })).Amount.ShouldBe(2 + 4, "counted from the rows, not kept by day");
        (await world.Manager.DoAsync<Work, IReadOnlyList<MonthFigure>>(w => Figures.ByMonthAsync(w, Metric.Sourced, february, default))).ShouldBe([new MonthFigure(202602, 6, 2)]);
        var wider = new Scope(Window.Parse(null, "2026-01-31", "2026-04-01", new DateOnly(2026, 11, 21)));
        (await world.Manager.DoAsync<Work, IReadOnlyList<MonthFigure>>(w => Figures.ByMonthAsync(w, Metric.Sourced, wider, default)))
            .ShouldBe([new MonthFigure(202601, 1, 1), new MonthFigure(202602, 6, 2), new MonthFigure(202603, 8, 1), new MonthFigure(202604, 0, 0)]);
    }
}
