using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

public sealed class ChainTests
{
    [SkippableTheory, Databases]
    public async Task The_page_names_who_signed_in_and_leads_to_the_record(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var person = await tenant.StaffAsync(Roles.Finance);
        using (var refused = new PageClient(tenant.App.Address)) await refused.SignInAsync(person.Email, "not this one at all");
        using var pages = await tenant.Administrator.PagesAsync();
        var page = await pages.GetAsync($"/app/audit?action=identity.sign_in");
        var row = page.Document.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("sign in refused"));
        row.TextContent.ShouldContain(person.Actor.Name);
        page.Text.ShouldNotContain("(system)");
        row.QuerySelector($"a[href='/app/people/{person.Actor.Person}']")!.TextContent.ShouldBe(person.Actor.Name);
    }

    private const int Entries = 60;

    [SkippableTheory, Databases]
    public async Task Every_one_of_a_hundred_random_changes_deletions_swaps_and_cuts_is_found(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        await FillAsync(tenant);
        (await CheckAsync(tenant)).Faults.ShouldBeEmpty();
        var chance = new Random(20261121);
        var missed = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            var (what, whole) = await tenant.AsSystemAsync<Work, (string, bool)>(async work =>
            {
                // Rolled back afterwards, so that each attempt meets the same chain.
                await using var transaction = await work.Db.Engine.BeginAsync(work.Db, default);
                var done = await TamperAsync(work.Db, chance);
                var check = new ChainCheck(work, ServiceOf(tenant, work));
                return (done, (await check.RunAsync(default)).Whole);
            });
            if (whole) missed.Add($"{i}: {what}");
        }

        missed.ShouldBeEmpty();
        (await CheckAsync(tenant)).Faults.ShouldBeEmpty();
    }

    [SkippableTheory, BothDatabases]
    public async Task What_is_written_meanwhile_is_sealed_in_order_and_each_tenant_has_a_chain_of_its_own(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (tenant, other) = (await app.TenantAsync(), await app.TenantAsync());
        await FillAsync(tenant);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => tenant.AsSystemAsync<Chain, int>(c => c.SealAsync(default))));
        await FillAsync(tenant);
        var report = await CheckAsync(tenant);
        report.Faults.ShouldBeEmpty();
        report.Sealed.ShouldBeGreaterThanOrEqualTo(2 * Entries);
        (await CheckAsync(other)).Sealed.ShouldBeLessThan(Entries);
        var seals = await tenant.AsSystemAsync<Db, List<Seal>>(db => db.Set<Seal>().AsNoTracking().OrderBy(s => s.Sequence).ToListAsync());
        seals.Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, seals.Count).Select(n => (long)n));
        seals.Zip(seals.Skip(1)).ShouldAllBe(p => p.Second.Previous == p.First.Hash);
    }

    [SkippableTheory, Databases]
    public async Task The_page_checks_the_chain_says_where_it_broke_and_exports_what_is_filtered(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        await FillAsync(tenant);
        using var pages = await tenant.Administrator.PagesAsync();
        (await pages.SubmitAsync(await pages.GetAsync("/app/audit"), "verify")).Text.ShouldContain("The audit is whole");
        await tenant.AsSystemAsync<Db, int>(db => Work.AloneAsync(db, () => db.Set<AuditEntry>().Where(a => a.Subject == "thing_7").ExecuteUpdateAsync(s => s.SetProperty(a => a.Changes, "{\"amount\":[1,2]}")), default));
        var broken = await pages.SubmitAsync(await pages.GetAsync("/app/audit"), "verify");
        broken.Text.ShouldContain("tampered with");
        broken.Text.ShouldContain("The entry or its link was changed");
        (await pages.GetAsync("/app/audit?q=thing_12&who=ADA&action=test.&from=2020-01-01&to=2100-01-01")).Text.ShouldContain("Test: fill");
        (await pages.GetAsync("/app/audit?q=thing_12&to=2020-01-01")).Text.ShouldContain("No entry found");
        var csv = await pages.Http.GetStringAsync("/app/audit/export.csv?q=thing_12");
        csv.ShouldContain("thing_12");
        csv.ShouldContain("'=1+1", customMessage: "formulas are shown and never run");
        csv.ShouldNotContain("thing_13");
        using var marketing = await (await tenant.StaffAsync(Roles.Marketing)).PagesAsync();
        (await marketing.GetAsync("/app/audit/export.csv")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var verdict = (await tenant.App.Services.GetRequiredService<VerifyAudits>().RunAsync(default)).ToList();
        verdict.ShouldContain(v => !v.Whole && v.Lines.Any(l => l.Contains("changed", StringComparison.Ordinal)));
    }

    [SkippableTheory, Databases]
    public async Task An_entry_put_in_long_after_the_chain_went_past_is_found(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        var early = DateTime.UtcNow;
        app.Clock.Advance(TimeSpan.FromHours(3));
        await FillAsync(tenant);
        (await CheckAsync(tenant)).Faults.ShouldBeEmpty();
        await tenant.AsSystemAsync<Work, int>(work => Work.AloneAsync(work.Db, async () =>
        {
            await work.Db.Engine.InsertAsync(work.Db, [new AuditEntry { TenantId = tenant.Id, Id = Ids.New<AuditId>(early), At = early, ActorKind = ActorKind.Person, ActorName = "Eve", Action = "deals.approve", SubjectKind = "deals_deal", Subject = "deal_x", Changes = "{}" }], default);
            return 1;
        }, default));
        (await CheckAsync(tenant)).Faults.ShouldHaveSingleItem().What.ShouldContain("put in later");
    }

    private static Chain ServiceOf(TestTenant tenant, Work work) => new(work, tenant.App.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>());

    internal static async Task<ChainReport> CheckAsync(TestTenant tenant)
    {
        await tenant.AsSystemAsync<Chain, int>(c => c.SealAsync(default));
        return await tenant.AsSystemAsync<ChainCheck, ChainReport>(c => c.RunAsync(default));
    }

    private static Task FillAsync(TestTenant tenant) => tenant.Administrator.DoAsync<Work, Result<Done>>(work => work.TransactAsync<Done>("test.fill", () =>
    {
        for (var i = 0; i < Entries; i++) work.Note("test.fill", "thing", $"thing_{i}", new { amount = i, name = i == 12 ? "=1+1" : "x" });
        if (Entries > 12) work.Note("=1+1", "thing", "thing_12", new { });
        return Task.FromResult<Result<Done>>(default(Done));
    }, default));

    private static async Task<string> TamperAsync(Db db, Random chance)
    {
        var count = (int)await db.Set<Seal>().MaxAsync(s => s.Sequence);
        long at = chance.Next(1, count + 1), to = chance.Next(1, count + 1);
        if (to == at) to = at == count ? 1 : at + 1;
        var seal = await db.Set<Seal>().AsNoTracking().SingleAsync(s => s.Sequence == at);
        var mate = await db.Set<Seal>().AsNoTracking().SingleAsync(s => s.Sequence == to);
        var entry = db.Set<AuditEntry>().Where(a => a.Id == seal.AuditId);
        switch (chance.Next(12))
        {
            case 0:
                await entry.ExecuteUpdateAsync(s => s.SetProperty(a => a.Changes, a => a.Changes + " "));
                return $"changes of {at}";
            case 1:
                await entry.ExecuteUpdateAsync(s => s.SetProperty(a => a.ActorName, "Somebody else"));
                return $"name of {at}";
            case 2:
                var later = (await entry.Select(a => a.At).SingleAsync()).AddSeconds(1);
                await entry.ExecuteUpdateAsync(s => s.SetProperty(a => a.At, later));
                return $"time of {at}";
            case 3:
                await entry.ExecuteUpdateAsync(s => s.SetProperty(a => a.Subject, "thing_else"));
                return $"record of {at}";
            case 4:
                await entry.ExecuteUpdateAsync(s => s.SetProperty(a => a.ActorKind, ActorKind.Anonymous));
                return $"kind of {at}";
            case 5:
                await entry.ExecuteDeleteAsync();
                return $"entry {at} deleted";
            case 6:
                await db.Set<Seal>().Where(s => s.Sequence == at).ExecuteDeleteAsync();
                return $"link {at} deleted";
            case 7:
                await entry.ExecuteDeleteAsync();
                await db.Set<Seal>().Where(s => s.Sequence == at).ExecuteDeleteAsync();
                return $"entry and link {at} deleted";
            case 8:
                await db.Set<AuditEntry>().Where(a => db.Set<Seal>().Any(s => s.TenantId == a.TenantId && s.AuditId == a.Id && s.Sequence >= at)).ExecuteDeleteAsync();
                await db.Set<Seal>().Where(s => s.Sequence >= at).ExecuteDeleteAsync();
                return $"cut off from {at}";
            case 9:
                await db.Set<Seal>().Where(s => s.Sequence == at || s.Sequence == to).ExecuteDeleteAsync();
                await db.Engine.InsertAsync(db, [Swapped(seal, mate.AuditId), Swapped(mate, seal.AuditId)], default);
                return $"{at} and {to} swapped";
            case 10:
                await db.Set<Seal>().Where(s => s.Sequence == at).ExecuteUpdateAsync(s => s.SetProperty(x => x.Hash, new string('a', 64)));
                return $"hash of {at}";
            default:
                // The whole disguise of an erasure that never was.
                await entry.ExecuteUpdateAsync(s => s.SetProperty(a => a.ActorName, Erasure.Name));
                await db.Set<Seal>().Where(s => s.Sequence == at).ExecuteUpdateAsync(s => s.SetProperty(x => x.NameDigest, new string('b', 64)).SetProperty(x => x.ChangesDigest, new string('c', 64)).SetProperty(x => x.ErasedHash, new string('d', 64)));
                return $"feigned erasure of {at}";
        }
    }

    private static Seal Swapped(Seal seal, AuditId other) =>
        new() { TenantId = seal.TenantId, Sequence = seal.Sequence, AuditId = other, Previous = seal.Previous, Hash = seal.Hash, SealedAt = seal.SealedAt };
}
