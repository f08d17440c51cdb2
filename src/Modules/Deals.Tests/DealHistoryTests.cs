using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Deals.Tests.Leads;
using Trellis.Deals.Transfers;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>What Deals tells in the history of a partner.</summary>
public sealed class DealHistoryTests
{
    [SkippableTheory, Databases]
    public async Task Registrations_leads_and_conflicts_stand_in_the_partner_s_history(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, refused) = (await world.PartnerAsync("Holder Ltd"), await world.PartnerAsync("Refused Ltd"));
        await world.RegisterAsync(holder, world.Fields("Saale Optics GmbH", amount: 77_654_00) with { CustomerDomain = "saaleoptics.example" });
        var lost = await world.RegisterAsync(refused, world.Fields("Saale Optics"));
        lost.State.ShouldBe(DealState.Rejected);
        (await refused.DoAsync<RaiseConflict, Result<ConflictId>>(r => r.RunAsync(new RaiseInput(lost.Id, "We have worked there since 2024."), default))).Problem.ShouldBeNull();
        var won = await world.RegisterAsync(refused, world.Fields("Werra Steel"));
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(won.Id, 31_000_00), default))).Problem.ShouldBeNull();
        var lead = await PassingTests.PassAsync(world, refused, "Quell Maschinen", "quell.example");
        (await PassingTests.AnswerAsync(refused, lead, true)).Problem.ShouldBeNull();

        var theirs = await ReadAsync(refused, refused);
        theirs.ShouldContain(e => e.What == "was refused" && e.Who.Contains("Saale Optics"));
        theirs.ShouldContain(e => e.What == "was won" && e.Who.Contains("Werra Steel") && e.Text!.Contains("31,000"));
        theirs.Count(e => e.What == "was registered").ShouldBe(2);
        theirs.ShouldContain(e => e.What == "was accepted as a lead" && e.Who == "Quell Maschinen");
        theirs.ShouldContain(e => e.What == "stands in a conflict" && e.Who == "Saale Optics", "the customer as it wrote it itself");
        (await ReadAsync(world.Manager, refused)).ShouldContain(e => e.What == "was won" && e.Href == $"/app/deals/{won.Id}");
        var others = JsonSerializer.Serialize(await ReadAsync(holder, holder));
        foreach (var hidden in new[] { "Werra Steel", "Quell Maschinen", "Refused Ltd" }) others.ShouldNotContain(hidden);
        (await ReadAsync(refused, refused, "lead")).ShouldAllBe(e => e.Kind == "lead");

        // Who may see no deals reads of none.
        var finance = await world.Tenant.PartnerPersonAsync(refused.Actor.Partner!.Value, "Refused Ltd", Roles.PartnerFinance);
        (await ReadAsync(finance, refused)).ShouldNotContain(e => e.Kind == "lead" || e.Kind == "conflict");
        using var stranger = await holder.ApiAsync();
        (await stranger.GetAsync($"/api/v1/partners/{refused.Actor.Partner}/timeline")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Who_takes_a_deal_over_reads_nothing_of_what_came_before(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (giver, taker) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd"));
        var deal = await world.RegisterAsync(giver, world.Fields("Adler Maschinen"));
        var id = (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, taker.Actor.Partner, "The office moved."), default))).Value;
        (await taker.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(id, true, null), default))).Problem.ShouldBeNull();

        (await ReadAsync(taker, taker, "registration")).Select(e => e.What).ShouldBe(["was taken over from another partner"]);
        (await ReadAsync(giver, giver, "registration")).ShouldBeEmpty();
    }

    private sealed record Line(DateTime At, string Kind, string Who, string What, string? Text, string? Href);

    private static async Task<IReadOnlyList<Line>> ReadAsync(TestPerson reader, TestPerson of, string? kind = null)
    {
        using var api = await reader.ApiAsync();
        var page = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{of.Actor.Partner}/timeline{(kind is null ? "" : $"?kind={kind}")}");
        return [.. page.GetProperty("items").EnumerateArray().Select(e => new Line(e.GetProperty("at").GetDateTime(), e.GetProperty("kind").GetString()!, e.GetProperty("who").GetString()!, e.GetProperty("what").GetString()!,
            e.TryGetProperty("text", out var text) ? text.GetString() : null, e.TryGetProperty("href", out var href) ? href.GetString() : null))];
    }
}
