using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>An owner who asks to be forgotten.</summary>
public sealed class OwnerErasureTests
{
    [SkippableTheory, Databases]
    public async Task An_erased_owner_stands_in_no_record_row_or_merge_although_another_has_the_name(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var importing = new Importing(app, api);
        var (gone, other) = (await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller), await tenant.StaffNamedAsync("Kim Double", Roles.DirectSeller));
        await importing.ImportAsync($"account,owner_email,employees\nAlder,{gone.Email},\nBirch,{gone.Email},\nCedar,{other.Email},\nDamaged,{gone.Email},some\n");
        await importing.ImportAsync($"opportunity_id,owner_email,sales_agent,deal_stage,engage_date\nO-1,{gone.Email},Kim Double,Engaging,2026-10-01\n", kind: "opportunities");
        await importing.ImportAsync($"account,owner_email\nAlder,{other.Email}\n");
        await tenant.AsSystemAsync<Work, int>(w => w.Db.Set<Account>().Where(a => a.Name == "Cedar").ExecuteUpdateAsync(s => s.SetProperty(a => a.OwnerName, gone.Email.ToUpperInvariant()).SetProperty(a => a.OwnerId, (PersonId?)null)));
        var ids = (await importing.GetAsync("/accounts")).GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("name"), a => a.Text("id"));
        (await api.PostAsJsonAsync($"/api/v1/accounts/{ids["Birch"]}/merge", new { into = ids["Alder"] })).EnsureSuccessStatusCode();
        (await TextsAsync(tenant)).ShouldContain(gone.Actor.Person.ToString());

        using var erased = await api.PostAsJsonAsync($"/api/v1/people/{gone.Actor.Person}/erase", new { address = gone.Email, reason = "Asked on 3 March" });
        erased.IsSuccessStatusCode.ShouldBeTrue(await erased.Content.ReadAsStringAsync());
        await app.DrainAsync();

        var left = await TextsAsync(tenant);
        left.ShouldNotContain(gone.Actor.Person.ToString());
        left.ToLowerInvariant().ShouldNotContain(gone.Email.ToLowerInvariant());
        left.ShouldContain("Kim Double", customMessage: "the other one is still there");
        (await tenant.AsSystemAsync<Work, List<Account>>(w => w.Db.Set<Account>().AsNoTracking().ToListAsync())).Single(a => a.Name == "Cedar").OwnerName.ShouldBe(Erasure.Name);
        // What was kept can still bring the account back.
        var merge = await tenant.AsSystemAsync<Work, MergeId>(w => w.Db.Set<AccountMerge>().Select(m => m.Id).SingleAsync());
        (await api.PostAsync($"/api/v1/account-merges/{merge}/undo", null)).EnsureSuccessStatusCode();
        (await tenant.AsSystemAsync<Work, List<Account>>(w => w.Db.Set<Account>().AsNoTracking().ToListAsync())).Single(a => a.Name == "Birch").ShouldSatisfyAllConditions(a => a.OwnerName.ShouldBe(Erasure.Name), a => a.OwnerId.ShouldBeNull());
    }

    private static Task<string> TextsAsync(TestTenant tenant) => tenant.AsSystemAsync<Work, string>(async w => string.Join("\n",
        (await w.Db.Set<ImportRow>().AsNoTracking().ToListAsync()).Select(r => $"{r.Text} {r.Cells} {r.Before}")
        .Concat((await w.Db.Set<AccountMerge>().AsNoTracking().ToListAsync()).Select(m => m.From + m.Before + m.Moved))
        .Concat((await w.Db.Set<Account>().AsNoTracking().ToListAsync()).Select(a => $"{a.OwnerName} {a.OwnerId}"))
        .Concat((await w.Db.Set<Opportunity>().AsNoTracking().ToListAsync()).Select(o => $"{o.OwnerName} {o.OwnerId} {o.SearchText}"))
        .Concat((await w.Db.Set<Finding>().AsNoTracking().ToListAsync()).Select(f => f.Written))));
}
