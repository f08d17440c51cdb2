using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

public sealed class AccountMergeTests
{
    [SkippableTheory, BothDatabases]
    public async Task Registrations_follow_when_two_accounts_become_one_and_go_back_when_that_is_undone(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (from, into) = (await world.AccountAsync("Harborlight Freight", "harborlight.example"), await world.AccountAsync("Quillmoor Shipping", "quillmoor.example"));
        var partner = await world.PartnerAsync();
        var mine = await world.RegisterAsync(partner, world.Fields("Harborlight Freight", domain: "harborlight.example"));
        var other = await world.RegisterAsync(partner, world.Fields("Quillmoor Shipping", domain: "quillmoor.example"));
        (await AccountOfAsync(world, mine.Id)).ShouldBe(from);
        using var api = await world.Tenant.Administrator.ApiAsync();

        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{from}/merge", new { into = into.ToString() });
        merged.EnsureSuccessStatusCode();
        await UntilAsync(world, mine.Id, into);
        (await AccountOfAsync(world, other.Id)).ShouldBe(into);
        // What a deal stands on is not taken away beneath it.
        var used = await world.Tenant.AsSystemAsync<IEnumerable<ICrmUse>, IReadOnlyCollection<AccountId>>(uses => uses.Single().AccountsAsync([from, into], default));
        used.ShouldBe([into]);

        var id = (await merged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await api.PostAsync($"/api/v1/account-merges/{id}/undo", null)).EnsureSuccessStatusCode();
        await UntilAsync(world, mine.Id, from);
        (await AccountOfAsync(world, other.Id)).ShouldBe(into, "it was never moved");
    }

    [SkippableTheory, Databases]
    public async Task Claims_of_two_partners_and_the_direct_team_that_a_merge_brings_together_are_suspected(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (from, into) = (await world.AccountAsync("Emberline Foods", "emberline.example"), await world.AccountAsync("Tidewater Provisions", "tidewater.example"));
        var (first, second) = (await world.PartnerAsync(), await world.PartnerAsync());
        var early = await world.RegisterAsync(first, world.Fields("Tidewater Provisions", domain: "tidewater.example"));
        var late = await world.RegisterAsync(second, world.Fields("Emberline Foods", domain: "emberline.example"));
        (await FindAsync(world)).ShouldBeEmpty();
        await world.MergeAsync(from, into);
        await UntilAsync(world, late.Id, into);
        var conflict = (await FindAsync(world)).ShouldHaveSingleItem();
        (conflict.Kind, conflict.State, conflict.DealId, conflict.OtherDealId).ShouldBe((ConflictKind.PartnerPartner, ConflictState.Suspected, late.Id, early.Id));
    }

    [SkippableTheory, Databases]
    public async Task The_direct_team_that_a_merge_brings_to_a_protected_customer_is_suspected(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (from, into) = (await world.AccountAsync("Foxglove Dairy", "foxglove.example"), await world.AccountAsync("Larkspur Cheese", "larkspur.example"));
        var deal = await world.RegisterAsync(await world.PartnerAsync(), world.Fields("Larkspur Cheese", domain: "larkspur.example"));
        await world.OpportunityAsync("OP-91", "Foxglove Dairy", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow));
        await world.Tenant.App.DrainAsync();
        (await FindAsync(world)).ShouldBeEmpty();
        await world.MergeAsync(from, into);
        for (var i = 0; i < 100 && (await FindAsync(world)).Count == 0; i++)
        {
            await world.Tenant.App.DrainAsync();
            await Task.Delay(20);
        }

        var conflict = (await FindAsync(world)).ShouldHaveSingleItem();
        (conflict.Kind, conflict.State, conflict.DealId).ShouldBe((ConflictKind.PartnerDirect, ConflictState.Suspected, deal.Id));
    }

    private static Task<List<Conflict>> FindAsync(DealWorld world) => world.Tenant.AsSystemAsync<Db, List<Conflict>>(db => db.Set<Conflict>().AsNoTracking().ToListAsync());

    private static Task<AccountId?> AccountOfAsync(DealWorld world, DealId deal) =>
        world.Tenant.AsSystemAsync<Db, AccountId?>(db => db.Set<DealRow>().Where(d => d.Id == deal).Select(d => d.AccountId).SingleAsync());

    // Another test class of this process may be delivering the event.
    private static async Task UntilAsync(DealWorld world, DealId deal, AccountId account)
    {
        for (var i = 0; i < 100 && await AccountOfAsync(world, deal) != account; i++)
        {
            await world.Tenant.App.DrainAsync();
            await Task.Delay(20);
        }

        (await AccountOfAsync(world, deal)).ShouldBe(account);
    }
}
