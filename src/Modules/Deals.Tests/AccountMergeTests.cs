using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

public sealed class AccountMergeTests
{
    [SkippableTheory, Databases]
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
