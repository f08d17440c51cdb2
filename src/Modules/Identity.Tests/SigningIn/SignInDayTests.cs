using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.SigningIn;

/// <summary>The days on which a partner's people were in the portal: one row each, for a time.</summary>
public sealed class SignInDayTests
{
    [SkippableTheory, Databases]
    public async Task Who_comes_back_on_another_day_without_signing_in_has_come_on_that_day_and_after_thirteen_months_it_is_forgotten(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = await app.TenantAsync();
        var id = Ids.New<PartnerId>(DateTime.UtcNow);
        var person = await tenant.PartnerPersonAsync(id, "Regular", Roles.PartnerAdmin);
        using var portal = await person.PagesAsync();
        (await DaysAsync()).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await portal.GetAsync("/portal");
        await portal.GetAsync("/portal/notifications");
        (await DaysAsync()).ShouldBe(2);
        app.Clock.Advance(SignInDay.Kept - TimeSpan.FromHours(12));
        (await app.RunAsync<TidySignIn>()).Problem.ShouldBeNull();
        (await DaysAsync()).ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await app.RunAsync<TidySignIn>()).Problem.ShouldBeNull();
        (await DaysAsync()).ShouldBe(0);

        Task<int> DaysAsync() => tenant.AsSystemAsync<Work, int>(w => w.Db.Set<SignInDayRow>().CountAsync(d => d.PartnerId == id));
    }
}
