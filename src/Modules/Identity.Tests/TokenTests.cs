using System.Net;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

public sealed class TokenTests
{
    [SkippableTheory, Databases]
    public async Task A_token_opens_the_api_until_it_runs_out(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var person = await (await app.TenantAsync()).StaffAsync(Roles.PartnerManager);
        using var api = await person.ApiAsync();
        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        app.Clock.Advance(TimeSpan.FromDays(91));

        (await api.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
