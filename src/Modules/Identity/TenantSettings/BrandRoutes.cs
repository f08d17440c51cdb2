using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Style sheet and logo of a company: seen by everybody, also before signing in. The version in the address makes them new when they change.</summary>
internal static class BrandRoutes
{
    private const string AYear = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/brand/{tenant}/{version:long}/style.css", StyleAsync).AllowAnonymous().ExcludeFromDescription();
        web.MapGet("/brand/{tenant}/{version:long}/logo", LogoAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> StyleAsync(TenantId tenant, long version, HttpContext http, Db db, CancellationToken ct)
    {
        if (await FindAsync(db, tenant, version, ct) is not { Colour: { } text } || Colour.Parse(text) is not { } colour) return Results.NotFound();
        http.Response.Headers.CacheControl = AYear;
        return Results.Text(BrandStyle.Of(colour).Css(), "text/css; charset=utf-8");
    }

    private static async Task<IResult> LogoAsync(TenantId tenant, long version, HttpContext http, Db db, FileStore files, CancellationToken ct)
    {
        if (await FindAsync(db, tenant, version, ct) is not { Logo: { } logo, LogoType: { } type } || files.Open(tenant, logo) is not { } content) return Results.NotFound();
        http.Response.Headers.CacheControl = AYear;
        return Results.Stream(content, type);
    }

    private static Task<Tenant?> FindAsync(Db db, TenantId tenant, long version, CancellationToken ct) =>
        db.AllTenants<Tenant>("a brand is public").AsNoTracking().FirstOrDefaultAsync(t => t.TenantId == tenant && t.Version == version, ct);
}
