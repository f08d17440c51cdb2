using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Tests;

public sealed class ChainTests
{
    [SkippableTheory, Databases]
    public async Task A_receipt_is_signed_with_the_act_and_has_its_place_after_the_next_seal(Database database)
    {
        var world = await ReceiptWorld.CreateAsync(await TestApp.SharedAsync(database));
        var partner = await world.PartnerAsync();
        (await world.IssueAsync(partner.Actor.Partner!.Value, refuse: true)).Ok.ShouldBeFalse();
        (await world.AllAsync<Receipt>()).ShouldBeEmpty("a refused act leaves no receipt");

        var id = (await world.IssueAsync(partner.Actor.Partner.Value)).Value;
        var young = (await ReceiptWorld.SeeAsync(partner, id)).Value;
        (young.Sequence, young.Check.Verdict).ShouldBe((null, Verdict.Open));
        await world.SealAsync();
        var seen = (await ReceiptWorld.SeeAsync(partner, id)).Value;
        (seen.Sequence, seen.Check.Verdict, seen.ContentHash).ShouldBe((1, Verdict.Open, young.ContentHash));
        seen.Check.Steps.ShouldAllBe(s => s.Outcome != StepOutcome.Failed);
        (await world.AllAsync<AuditEntry>()).ShouldNotContain(a => a.Changes.Contains("Rosa Delgado"), "what is erased later must not stand in the audit");
    }

    [SkippableTheory, BothDatabases]
    public async Task Many_issuers_and_several_sealers_at_once_give_each_receipt_one_place_without_a_gap(Database database)
    {
        var world = await ReceiptWorld.CreateAsync(await TestApp.SharedAsync(database));
        var partner = (await world.PartnerAsync()).Actor.Partner!.Value;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 8 == 7 ? world.SealAsync() : world.IssueAsync(partner)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.SealAsync()));

        var (receipts, links) = (await world.AllAsync<Receipt>(), (await world.AllAsync<Link>()).OrderBy(l => l.Sequence).ToList());
        receipts.Count.ShouldBe(35);
        (await world.AllAsync<WaitingReceipt>()).ShouldBeEmpty();
        links.Select(l => l.Sequence).ShouldBe(Enumerable.Range(1, 35).Select(i => (long)i));
        links.Select(l => l.ReceiptId).ShouldBe(receipts.Select(r => r.Id), ignoreOrder: true);
        links.Zip(links.Skip(1)).ShouldAllBe(p => p.Second.Previous == p.First.Hash);
    }

    [SkippableTheory, Databases]
    public async Task After_midnight_the_root_is_published_and_the_downloaded_file_is_genuine_for_everybody(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await ReceiptWorld.CreateAsync(app);
        var partner = await world.PartnerAsync();
        var ids = new List<ReceiptId>();
        for (var i = 0; i < 5; i++) ids.Add((await world.IssueAsync(partner.Actor.Partner!.Value)).Value);
        await world.SealAsync();
        (await world.AllAsync<DayRoot>()).ShouldBeEmpty("the day is not over");
        app.Clock.Advance(TimeSpan.FromDays(1));
        ids.Add((await world.IssueAsync(partner.Actor.Partner!.Value)).Value);
        await world.SealAsync();
        (await world.AllAsync<DayRoot>()).ShouldHaveSingleItem().Last.ShouldBe(5);

        using var pages = await partner.PagesAsync();
        var file = await pages.Http.GetStringAsync($"/portal/receipts/{ids[2]}/file");
        using var stranger = new PageClient(app.Address);
        var keys = JsonDocument.Parse(await stranger.Http.GetStringAsync("/receipts/keys.json")).RootElement;
        OfflineCheck.Of(file, [keys[0].GetProperty("fingerprint").GetString()!]).Verdict.ShouldBe(Verdict.Genuine);

        var checkedPage = await stranger.SubmitAsync(await stranger.GetAsync("/receipts/verify"), "check", ("Pasted", file));
        checkedPage.Status.ShouldBe(HttpStatusCode.OK);
        checkedPage.Text.ShouldContain("This receipt is genuine and complete.");
        checkedPage.Text.ShouldContain("Globex: Relay");
        (await stranger.GetAsync("/receipts/roots")).Text.ShouldContain((await world.AllAsync<DayRoot>())[0].Root);

        var forged = await stranger.SubmitAsync(await stranger.GetAsync("/receipts/verify"), "check", ("Pasted", file.Replace("10000", "90000", StringComparison.Ordinal)));
        forged.Text.ShouldContain("Do not trust this file");
        (await stranger.SubmitAsync(await stranger.GetAsync("/receipts/verify"), "check", ("Pasted", " "))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var job = await world.Tenant.AsSystemAsync<IServiceProvider, Result<string>>(s => ActivatorUtilities.CreateInstance<CheckChainJob>(s).RunAsync("{}", new JobProgress((_, _, _) => Task.FromResult(true)), default));
        job.Value.ShouldStartWith("All 6 receipts");
    }

    [SkippableTheory, Databases]
    public async Task Another_partner_and_another_vendor_find_nothing(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (world, other) = (await ReceiptWorld.CreateAsync(app), await ReceiptWorld.CreateAsync(app));
        var (own, rival, foreign) = (await world.PartnerAsync(), await world.PartnerAsync(), await other.PartnerAsync());
        var id = (await world.IssueAsync(own.Actor.Partner!.Value)).Value;

        foreach (var person in new[] { rival, foreign, other.Tenant.Administrator })
        {
            using var api = await person.ApiAsync();
            (await api.GetAsync($"/api/v1/receipts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await api.GetAsync($"/api/v1/receipts/{id}/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await api.GetFromJsonAsync<JsonElement>("/api/v1/receipts")).GetProperty("items").GetArrayLength().ShouldBe(0);
        }

        using var mine = await own.ApiAsync();
        (await mine.GetFromJsonAsync<JsonElement>("/api/v1/receipts")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await mine.PostAsJsonAsync($"/api/v1/receipts/{id}/erase", new { reason = "Because." })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var pages = await rival.PagesAsync();
        (await pages.GetAsync($"/portal/receipts/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task An_erased_receipt_names_nobody_and_is_as_valid_as_before(Database database)
    {
        var world = await ReceiptWorld.CreateAsync(await TestApp.SharedAsync(database));
        var partner = await world.PartnerAsync();
        var id = (await world.IssueAsync(partner.Actor.Partner!.Value)).Value;
        await world.SealAsync();
        var before = (await ReceiptWorld.SeeAsync(partner, id)).Value;
        before.File.ShouldContain("Rosa Delgado");

        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/receipts/{id}/erase", new { reason = "" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/receipts/{id}/erase", new { reason = "Asked for by the person." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync($"/api/v1/receipts/{id}/erase", new { reason = "Again." })).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var after = (await ReceiptWorld.SeeAsync(partner, id)).Value;
        after.File.ShouldNotContain("Rosa");
        after.ContentHash.ShouldBe(before.ContentHash);
        after.Check.Verdict.ShouldBe(before.Check.Verdict);
        after.Check.Steps.ShouldAllBe(s => s.Outcome != StepOutcome.Failed);
        (await world.AllAsync<Receipt>()).ShouldAllBe(r => r.Personal == null);
    }

    [SkippableTheory, Databases]
    public async Task A_changed_key_signs_from_then_on_and_the_old_one_still_counts(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await ReceiptWorld.CreateAsync(app);
        var partner = await world.PartnerAsync();
        var old = (await world.IssueAsync(partner.Actor.Partner!.Value)).Value;
        (await partner.DoAsync<ChangeKey, Result<string>>(c => c.RunAsync("I may not.", default))).Problem!.Code.ShouldBe("denied");
        var other = (await ReceiptWorld.CreateAsync(app)).Tenant.Administrator;
        (await other.DoAsync<ChangeKey, Result<string>>(c => c.RunAsync("I do not run the installation.", default))).Problem!.Code.ShouldBe("denied");
        using var theirs = await other.PagesAsync();
        (await theirs.GetAsync("/app/receipts/keys")).Text.ShouldContain("Only the people who run the installation may change it.");
        var key = await world.Tenant.Administrator.DoAsync<ChangeKey, Result<string>>(c => c.RunAsync("Yearly change.", default));
        key.Problem.ShouldBeNull();
        var young = (await world.IssueAsync(partner.Actor.Partner!.Value)).Value;
        await world.SealAsync();

        var (first, second) = ((await ReceiptWorld.SeeAsync(partner, old)).Value, (await ReceiptWorld.SeeAsync(partner, young)).Value);
        second.File.ShouldContain($"\"key\":\"{key.Value}\"");
        first.File.ShouldNotContain(key.Value);
        first.Check.Steps.Single(s => s.Title == "Whose key").Words.ShouldContain("Yearly change.");
        foreach (var seen in new[] { first, second }) seen.Check.Steps.ShouldAllBe(s => s.Outcome != StepOutcome.Failed);
        using var stranger = new PageClient(app.Address);
        var page = await stranger.GetAsync("/receipts/keys");
        page.Text.ShouldContain("Yearly change.");
        (await stranger.Http.GetStringAsync("/receipts/keys.json")).ShouldNotContain("private", Case.Insensitive);
    }
}
