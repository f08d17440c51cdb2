using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

/// <summary>Who learns what about a partner, in the program and by mail.</summary>
public sealed class NewsTests
{
    [SkippableTheory, Databases]
    public async Task What_a_partner_writes_reaches_its_manager_and_without_one_those_who_run_the_channel(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (kept, free) = (await world.PartnerAsync("Kept", p => p with { Manager = world.Manager.Actor.Person }), await world.PartnerAsync("Free"));
        var (one, other) = (await world.Tenant.PartnerPersonAsync(kept, "Kept"), await world.Tenant.PartnerPersonAsync(free, "Free"));
        using var portal = await one.PagesAsync();
        (await portal.SubmitAsync(await portal.GetAsync("/portal/company"), "note", ("Input.Text", "Can we meet on Monday?"))).Text.ShouldContain("Your message is sent.");

        (await world.MailsToAsync(world.Manager.Email)).ShouldContain(m => m.Contains("Can we meet on Monday?") && m.Contains("/notice"));
        (await NewsAsync(world.Manager)).ShouldContain("Can we meet on Monday?");
        (await NewsAsync(world.Operations)).ShouldNotContain("Monday");

        await WriteAsync(other, free, "Who looks after us?");
        (await NewsAsync(world.Operations)).ShouldContain("Who looks after us?");
        (await NewsAsync(world.Manager)).ShouldNotContain("Who looks after us?");

        // What colleagues write among themselves is news for nobody.
        await WriteAsync(world.Operations, kept, "Call them.");
        (await NewsAsync(world.Manager)).ShouldNotContain("Call them.");
    }

    [SkippableTheory, Databases]
    public async Task Whoever_decides_on_a_partners_own_sign_in_is_told_and_so_are_its_administrators(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Signing");
        var (admin, seller) = (await world.Tenant.PartnerPersonAsync(id, "Signing", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(id, "Signing"));
        async Task HappenAsync(PartnerSignInStep step, string? reason = null)
        {
            await world.Tenant.AsSystemAsync<Work, Result<int>>(w => w.TransactAsync<int>("test.sign_in", () =>
            {
                w.Publish(new PartnerSignInChanged(id, step, "Pat Partner", reason, w.Now));
                return Task.FromResult<Result<int>>(0);
            }, default));
            await world.Tenant.App.DrainAsync();
        }

        await HappenAsync(PartnerSignInStep.Proposed);
        (await NewsAsync(world.Tenant.Administrator)).ShouldContain("Signing asks for a sign-in of its own");
        (await world.MailsToAsync(world.Tenant.Administrator.Email)).ShouldContain(m => m.Contains("Nobody signs in by it before you approve it."));
        (await NewsAsync(world.Operations)).ShouldNotContain("sign-in of its own");
        (await NewsAsync(admin)).ShouldNotContain("sign-in");
        await HappenAsync(PartnerSignInStep.Refused, "That domain is not yours.");
        (await NewsAsync(admin)).ShouldContain("That domain is not yours.");
        await HappenAsync(PartnerSignInStep.Approved);
        (await NewsAsync(admin)).ShouldContain("Your company’s sign-in is on");
        (await NewsAsync(seller)).ShouldNotContain("sign-in");
        await HappenAsync(PartnerSignInStep.TurnedOff);
        (await NewsAsync(world.Tenant.Administrator)).ShouldContain("Signing has turned its own sign-in off");
    }

    [SkippableTheory, Databases]
    public async Task The_manager_and_the_partners_administrators_learn_where_the_partner_stands_but_not_from_themselves(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Wavering");
        var (admin, seller) = (await world.Tenant.PartnerPersonAsync(id, "Wavering", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(id, "Wavering"));
        await EntrustAsync(world.Operations);
        (await NewsAsync(world.Manager)).ShouldContain("You are the partner manager of Wavering");

        await world.MoveAsync(id, PartnerTrigger.FlagAtRisk, "Two quarters without a deal.");
        (await NewsAsync(world.Manager)).ShouldContain("Wavering is at risk");
        (await NewsAsync(admin)).ShouldNotContain("Two quarters");
        await world.MoveAsync(id, PartnerTrigger.Suspend, "The agreement was broken.");
        (await NewsAsync(world.Manager)).ShouldContain("Wavering is suspended");
        (await NewsAsync(admin)).ShouldContain("The agreement was broken.");
        (await world.MailsToAsync(admin.Email)).ShouldContain(m => m.Contains("The agreement was broken."));
        (await NewsAsync(seller)).ShouldNotContain("The agreement was broken.");
        await world.Manager.DoAsync<ChangeState, Result<PartnerState>>(c => c.RunAsync((id, new StateChange(PartnerTrigger.Reinstate, null)), default));
        (await NewsAsync(world.Manager)).ShouldNotContain("reinstated");
        (await NewsAsync(admin)).ShouldContain("Your partnership is reinstated");

        (await world.Operations.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(id, Tier.Silver, "A good year."), default))).Problem.ShouldBeNull();
        (await NewsAsync(admin)).ShouldContain("Your tier is Silver now");
        (await NewsAsync(world.Manager)).ShouldContain("Wavering has the tier Silver now");
        await world.MoveAsync(id, PartnerTrigger.Offboard, "Sold.");
        (await world.Operations.DoAsync<Leaving.EndAccess, Result<int>>(e => e.RunAsync(id, default))).Problem.ShouldBeNull();
        (await world.MailsToAsync(admin.Email)).ShouldContain(m => m.Contains("Ask your partner manager if you need something from it."));
        await world.SettleAllAsync(id);
        (await world.MoveAsync(id, PartnerTrigger.End, "Sold, as agreed.")).Problem.ShouldBeNull();
        (await NewsAsync(world.Manager)).ShouldSatisfyAllConditions(n => n.ShouldContain("The off-boarding of Wavering has begun"), n => n.ShouldContain("The partnership with Wavering has ended"));
        (await world.MailsToAsync(admin.Email)).ShouldContain(m => m.Contains("Your partner manager settles with you what is still open."));

        Task EntrustAsync(TestPerson who) => who.DoAsync<AssignManager, Result<PartnerId>>(a => a.RunAsync((id, world.Manager.Actor.Person), default));
    }

    [SkippableTheory, Databases]
    public async Task Whoever_is_the_manager_already_or_makes_oneself_the_manager_is_told_nothing(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Held", p => p with { Manager = world.Operations.Actor.Person });
        (await NewsAsync(world.Operations)).ShouldBeEmpty();
        for (var i = 0; i < 2; i++) (await world.Operations.DoAsync<AssignManager, Result<PartnerId>>(a => a.RunAsync((id, world.Manager.Actor.Person), default))).Problem.ShouldBeNull();
        (await NewsAsync(world.Manager)).Split("You are the partner manager of Held").Length.ShouldBe(2);
        (await world.Operations.DoAsync<AssignManager, Result<PartnerId>>(a => a.RunAsync((id, null), default))).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task News_are_told_in_the_readers_language(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Gemeint", p => p with { Manager = world.Manager.Actor.Person });
        await world.MoveAsync(id, PartnerTrigger.Suspend, "Vertrag verletzt.");
        using var pages = await world.Manager.PagesAsync();
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", "de");
        (await pages.GetAsync("/app/notifications")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Gemeint ist gesperrt"), t => t.ShouldContain("in „Gesperrt“"), t => t.ShouldNotContain("changed the status"));
    }

    private static Task WriteAsync(TestPerson who, PartnerId partner, string text) => who.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((partner, new NewNote(text)), default));

    // What the person reads behind the bell.
    private static async Task<string> NewsAsync(TestPerson person)
    {
        using var api = await person.ApiAsync();
        return System.Text.RegularExpressions.Regex.Unescape(await api.GetStringAsync("/api/v1/notifications")) is var all && all.Contains("\"title\"") ? all : "";
    }
}
