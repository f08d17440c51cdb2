using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Identity.Tests;

/// <summary>Short forms for what a visitor does and what it leaves.</summary>
internal static class Visiting
{
    /// <summary>A client that keeps cookies and shows redirects instead of following them.</summary>
    public static HttpClient Plain(this TestApp app) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(app.Address) };

    public static Task<List<AuditEntry>> AuditAsync(this TestTenant tenant) =>
        tenant.AsSystemAsync<Db, List<AuditEntry>>(async db => [.. (await db.Set<AuditEntry>().AsNoTracking().ToListAsync()).OrderBy(a => a.Id.Value)]);

    public static Task<List<MailRow>> MailsAsync(this TestTenant tenant) =>
        tenant.AsSystemAsync<Db, List<MailRow>>(async db => [.. (await db.Set<MailRow>().AsNoTracking().ToListAsync()).OrderBy(a => a.Id.Value)]);

    /// <summary>Asks for a link as a visitor does and reads its path from the mail.</summary>
    public static async Task<string> LinkAsync(this TestPerson person, string next = "")
    {
        using var visitor = new PageClient(person.Tenant.App.Address);
        var page = await visitor.GetAsync("/sign-in" + (next.Length > 0 ? "?next=" + Uri.EscapeDataString(next) : ""));
        await visitor.SubmitAsync(page, "sign-in-link", ("Link.Email", person.Email));
        var mail = (await person.Tenant.MailsAsync()).Last(m => m.To == person.Email);
        return new Uri(mail.Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
    }
}
