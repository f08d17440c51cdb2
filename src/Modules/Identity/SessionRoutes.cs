using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity;

/// <summary>The posts behind the header's buttons: sign out, switch partner, switch company.</summary>
internal static class SessionRoutes
{
    public static void Map(IEndpointRouteBuilder web)
    {
        foreach (var face in new[] { "app", "portal" })
        {
            web.MapGet($"/{face}/search.json", async (Search search, string? q, CancellationToken ct) =>
                Results.Json(string.IsNullOrWhiteSpace(q) ? search.Begin() : await search.FindAsync(q, ct), Json.Options)).Requires(IdentityPermissions.UseTokens).ExcludeFromDescription();
        }

        web.MapGet("/", Home).AllowAnonymous().ExcludeFromDescription();
        // Both also without an actor: the active session may be over while others of this browser are open.
        web.MapPost("/sign-out", SignOutAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute(), new WhileLooking()).ExcludeFromDescription();
        web.MapPost("/switch-company", SwitchCompanyAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        web.MapPost("/switch-partner", SwitchAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        web.MapCompanySignIn();
        SessionExport.Map(web);
    }

    private static IResult Home(CurrentActor current) =>
        Results.Redirect(!current.Actor.IsKnown ? "/sign-in" : current.Actor.IsPartner ? "/portal" : "/app");

    private static async Task<IResult> SignOutAsync(HttpContext http, Entrance entrance, CancellationToken ct)
    {
        await entrance.LeaveAsync(http, ct);
        return Results.Redirect("/sign-in");
    }

    private static async Task<IResult> SwitchCompanyAsync([FromForm] TenantId company, HttpContext http, Entrance entrance, CancellationToken ct) =>
        await entrance.SwitchAsync(http, company, ct) is { } next ? Results.Redirect(next) : Results.NotFound();

    private static async Task<IResult> SwitchAsync([FromForm] PartnerId partner, HttpContext http, Db db, CurrentActor current, CurrentSession session, Entrance entrance, Work work, CancellationToken ct)
    {
        var actor = current.Actor;
        if (session.Session is { OpensOneCompany: true, PartnerId: var own } && own != partner)
        {
            Flash.Say(http, IdentitySignInProblems.OpensOneCompany().Message, Tone.Warning);
            return Results.Redirect(Destination.PlacesPath);
        }

        var stamp = await db.Set<Person>().Where(p => p.Id == actor.Person).Select(p => p.Stamp).SingleAsync(ct);
        var membership = db.Set<Membership>().Where(m => m.PersonId == actor.Person && m.PartnerId == partner && m.State == PersonState.Active);
        if (!await membership.AnyAsync(ct)) return Results.NotFound();
        var now = work.Now;
        await Work.AloneAsync(db, () => membership.ExecuteUpdateAsync(s => s.SetProperty(m => m.ChosenAt, now), ct), ct);
        await entrance.RenewAsync(http, new SignedIn(actor.Tenant, actor.Person, partner, stamp), false, ct);
        return Results.Redirect("/portal");
    }
}
