using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Signing in with one's company: OpenID Connect by authorization code with PKCE (RFC 9700). What was begun is kept in a sealed cookie, so only the
/// browser that began can finish; each company has a return address of its own, so that no provider can answer for another.
/// </summary>
internal sealed class CompanyDoor(Db db, Work work, CurrentActor current, Provider provider, CompanyPeople people, CompanyMembers members, Attempts attempts, IDataProtectionProvider protection, Links links)
{
    private const string Cookie = "trellis-company";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    private readonly IDataProtector _protector = protection.CreateProtector("Trellis.Identity.Company");

    private sealed record Begun(CompanyId Company, string State, string Nonce, string Verifier, string? Next);

    /// <summary>Whether any company of this installation has a sign-in of its own.</summary>
    public bool Any()
    {
        var any = false;
        db.Engine.Look(new Ask("SELECT 1 FROM identity_company_domain LIMIT 1", [], _ => any = true));
        return any;
    }

    /// <summary>The company that vouches for an address. It tells domains apart, which are public, and never persons.</summary>
    public async Task<Result<CompanyId>> FindAsync(string? email, Knock knock, CancellationToken ct)
    {
        var none = Problem.Invalid("email", "This company does not sign in here by its own sign-in. Use your password, a passkey or a link.");
        if (!Person.IsEmail(email)) return Problem.Invalid("email", "This is not an e-mail address.");
        if (await attempts.TakeAsync([new Limit($"company from {knock.Address}", 240)], ct) is { } busy) return busy;
        var domain = CompanyDomains.Of(email!);
        var found = await db.Set<CompanyDomain>().AsNoTracking().Where(d => d.Domain == domain && (knock.Door == null || d.TenantId == knock.Door)).ToListAsync(ct);
        return found is [var one] ? one.CompanyId : none;
    }

    /// <summary>A company by its id, where its sign-in is on.</summary>
    public Task<Company?> OpenAsync(CompanyId id, CancellationToken ct) =>
        db.AllTenants<Company>("before the tenant is known").AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.On, ct);

    /// <summary>The address of the provider to which the browser goes.</summary>
    public async Task<Result<string>> BeginAsync(HttpContext http, CompanyId id, string? next, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not { } company) return Problem.Missing("company sign-in");
        var (facts, fault) = await provider.ReadAsync(company.Issuer, false, ct);
        if (facts is null) return IdentitySignInProblems.SingleSignOnRefused($"{fault}.");
        var begun = new Begun(id, Random(), Random(), Random(), next is { Length: <= 1000 } ? next : null);
        SafeCookies.Keep(http, Cookie, Sealed.Close(http, "company", begun, Life), Life);
        return QueryHelpers.AddQueryString(facts.Authorize, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["client_id"] = company.ClientId,
            ["redirect_uri"] = ReturnTo(id),
            ["scope"] = "openid email profile",
            ["state"] = begun.State,
            ["nonce"] = begun.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(begun.Verifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Reads the provider's answer. Whoever it names is signed in, with the roles of its groups.</summary>
    public async Task<Result<(SignedIn Who, string? Next)>> FinishAsync(HttpContext http, CompanyId id, CancellationToken ct)
    {
        var begun = Sealed.Open<Begun>(http, "company", SafeCookies.Find(http, Cookie));
        SafeCookies.Drop(http, Cookie);
        if (await OpenAsync(id, ct) is not { } company) return Problem.Missing("company sign-in");
        var result = await ReadAsync(http, company, begun, ct);
        if (!result.Ok) await NoteAsync(company, result.Problem.Message, http, ct);
        return result;
    }

    /// <summary>Where the provider sends the browser back to.</summary>
    public string ReturnTo(CompanyId id) => links.To($"/sign-in/company/{id}/callback");

    private async Task<Result<(SignedIn Who, string? Next)>> ReadAsync(HttpContext http, Company company, Begun? begun, CancellationToken ct)
    {
        var query = http.Request.Query;
        if (begun is null || begun.Company != company.Id || !Same(query["state"], begun.State)) return Refused("it does not answer a sign-in that was begun in this browser. Begin again.");
        if (query.TryGetValue("iss", out var issuer) && issuer != company.Issuer) return Refused("another provider has answered.");
        if (query.ContainsKey("error")) return Refused("the provider has refused. Ask your own administrator.");
        if (query["code"] is not [{ Length: > 0 and <= 4000 } code]) return Refused("the answer holds no code.");
        var (facts, fault) = await provider.ReadAsync(company.Issuer, false, ct);
        if (facts is null) return Refused($"{fault}.");
        var (tokens, refused) = await provider.ExchangeAsync(facts, company.ClientId, Open(company.Secret), code, begun.Verifier, ReturnTo(company.Id), ct);
        if (tokens is null) return Refused($"the code was not taken: {refused}.");
        var rules = new TokenRules(company.Issuer, company.ClientId, begun.Nonce, work.Now);
        var (claims, wrong) = IdToken.Check(tokens.Id, facts.Keys, rules);
        if (wrong == "the token is signed by an unknown key" && (await provider.ReadAsync(company.Issuer, true, ct)).Facts is { } fresh) (claims, wrong) = IdToken.Check(tokens.Id, fresh.Keys, rules);
        if (claims is not { } said) return Refused($"{wrong}.");
        var more = said.TryGetProperty("email", out _) && said.TryGetProperty(company.GroupsClaim, out _) ? null : await provider.AskAsync(facts, tokens.Access, IdToken.Text(said, "sub")!, ct);
        using var acting = current.As(Actor.System(company.TenantId, company.Name));
        var vouched = Claims(said, more, company);
        var whose = company.PartnerId is { } partner ? await members.AdmitAsync(company, partner, vouched, ct) : await people.AdmitAsync(company, vouched, ct);
        return whose.Ok ? (whose.Value, begun.Next) : whose.Problem;
    }

    private static CompanyClaims Claims(JsonElement token, JsonElement? more, Company company)
    {
        // The address and whether it was checked belong together: both from the same answer.
        var address = token.TryGetProperty("email", out _) ? token : more ?? token;
        // Silence is taken for a yes of the company's own provider alone: a partner's is run by somebody whom nobody here has looked at.
        var verified = !address.TryGetProperty("email_verified", out var said) ? company.PartnerId is null : said.ValueKind == JsonValueKind.True || said.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);
        var groups = Strings(token, company.GroupsClaim) ?? (more is { } asked ? Strings(asked, company.GroupsClaim) : null);
        return new CompanyClaims(IdToken.Text(token, "sub")!, IdToken.Text(address, "email"), verified, IdToken.Text(token, "name") ?? (more is { } told ? IdToken.Text(told, "name") : null), groups ?? []);
    }

    private static List<string>? Strings(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)]
            : value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [];

    private string? Open(string? secret) => secret is null ? null : _protector.Unprotect(secret);

    public string? Close(string? secret) => secret is null ? null : _protector.Protect(secret);

    private async Task NoteAsync(Company company, string why, HttpContext http, CancellationToken ct)
    {
        using var _ = current.As(Actor.System(company.TenantId, company.Name));
        await work.TransactAsync<Done>("identity.sign_in_refused", () =>
        {
            work.Note("identity.sign_in_refused", "identity_company", company.Id.ToString(), new { by = "single_sign_on", why = Text.Storable(why, 300), Knock.Of(http).Address });
            return Task.FromResult<Result<Done>>(default(Done));
        }, ct);
    }

    private static Problem Refused(string why) => IdentitySignInProblems.SingleSignOnRefused(why);

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string? given, string ours) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(ours));
}
