using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What an administrator types about the company's sign-in.</summary>
internal sealed class CompanyForm
{
    /// <summary>The partner whose sign-in it is; null for the company's own.</summary>
    public PartnerId? Partner { get; set; }

    public string? Name { get; set; }
    public string? Issuer { get; set; }
    public string? ClientId { get; set; }

    /// <summary>Empty keeps the one that is set.</summary>
    public string? Secret { get; set; }
    public string? Domains { get; set; }
    public string? GroupsClaim { get; set; }

    /// <summary>One group a line: <c>group = role</c>.</summary>
    public string? Groups { get; set; }
    public bool CreatesPeople { get; set; }
    public string? DefaultRole { get; set; }
    public bool On { get; set; }

    /// <summary>The lines of groups; a line that cannot be read has no role.</summary>
    public IReadOnlyList<(string Group, string? Role)> Lines() =>
    [
        .. (Groups ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.LastIndexOf('=') is > 0 and var at
            ? (line[..at].Trim(), RoleOf(line[(at + 1)..].Trim())) : (line, (string?)null)),
    ];

    /// <summary>What a provider must be given, whoever types it.</summary>
    public static Check Provider(Check check, string? issuer, string? clientId, string? secret, string[] domains) => check
        .Text(issuer, "issuer", "The issuer", 500)
        .Text(clientId, "clientId", "The client ID", 500)
        .Text(secret, "secret", "The secret", 1000, required: false)
        .That(domains.Length is > 0 and <= 50, "domains", "Name at least one domain, such as example.com.")
        .That(domains.All(CompanyDomains.IsOne), "domains", "One of these is not a domain.");

    private static string? RoleOf(string words) => Roles.Staff.FirstOrDefault(r => r == words || Roles.Label(r).Equals(words, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The company's sign-in as the page shows it.</summary>
internal sealed record CompanyState(CompanyId? Id, bool HasSecret, long Accounts, CompanyForm Form)
{
    public static async Task<CompanyState> ReadAsync(Work work, PartnerId? partner, CancellationToken ct)
    {
        var company = await work.Db.Set<Company>().AsNoTracking().FirstOrDefaultAsync(c => c.PartnerId == partner, ct);
        if (company is null) return new CompanyState(null, false, 0, new CompanyForm { Partner = partner, GroupsClaim = "groups" });
        var groups = await work.Db.Set<CompanyGroup>().AsNoTracking().Where(g => g.CompanyId == company.Id).OrderBy(g => g.Group).ToListAsync(ct);
        return new CompanyState(company.Id, company.Secret is not null, await work.Db.Set<CompanyAccount>().CountAsync(a => a.CompanyId == company.Id, ct), new CompanyForm
        {
            Partner = partner,
            Name = company.Name,
            Issuer = company.Issuer,
            ClientId = company.ClientId,
            Domains = company.Domains,
            GroupsClaim = company.GroupsClaim,
            Groups = string.Join('\n', groups.Select(g => $"{g.Group} = {Roles.Label(g.Role)}")),
            CreatesPeople = company.CreatesPeople,
            DefaultRole = company.DefaultRole,
            On = company.On,
        });
    }
}

/// <summary>Sets the sign-in of the tenant's company.</summary>
internal sealed class SetCompany(Work work, CompanyDoor door, Provider provider, CurrentSession session) : UseCase<CompanyForm, CompanyId>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSignIn;

    protected override async Task<Result<CompanyId>> HandleAsync(CompanyForm input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        return await ApplyAsync(input, null, ct);
    }

    /// <summary>The same inside the caller's act: from what a partner has asked for come the identity and the sealed secret.</summary>
    public async Task<Result<CompanyId>> ApplyAsync(CompanyForm input, CompanyProposal? asked, CancellationToken ct)
    {
        var (domains, lines) = (CompanyDomains.Split(input.Domains), input.Lines());
        var check = CompanyForm.Provider(new Check().Text(input.Name, "name", "The name", 60), input.Issuer, input.ClientId, input.Secret, domains)
            .Text(input.GroupsClaim, "groupsClaim", "The name of the claim", 100)
            .That(lines.All(l => l.Role is not null), "groups", $"Write one group a line, such as “sales-ops = {Roles.Label(Roles.PartnerManager)}”. The roles are: {string.Join(", ", Roles.Staff.Select(Roles.Label))}.")
            .That(lines.All(l => l.Group.Length is > 0 and <= 200 && Text.IsClean(l.Group)) && lines.DistinctBy(l => l.Group).Count() == lines.Count && lines.Count <= 200, "groups", "Each group stands there once.")
            .That(string.IsNullOrEmpty(input.DefaultRole) || (input.Partner is null ? Roles.Staff : Roles.Portal).Contains(input.DefaultRole), "defaultRole", "There is no such role.")
            .That(input.Partner is null || lines.Count == 0, "groups", "Groups of a partner give no roles here: its administrator gives them.")
            .That(input.Partner is null || !input.CreatesPeople || !string.IsNullOrEmpty(input.DefaultRole), "defaultRole", "Choose the role of somebody who is new.");
        if (check.Problem is { } problem) return problem;
        if (input.Partner is { } one && !await Db.Set<Membership>().AnyAsync(m => m.PartnerId == one, ct)) return Problem.Missing("partner with people");
        var issuer = input.Issuer!.Trim();
        if (input.On && (await provider.ReadAsync(issuer, true, ct)).Fault is { } fault) return Problem.Invalid("issuer", $"This provider cannot be used: {fault}.");
        await Work.LockAsync("company", ct);
        var whose = input.Partner;
        var company = await Db.Set<Company>().FirstOrDefaultAsync(c => c.PartnerId == whose, ct) ?? Db.Add(new Company
        {
            TenantId = Work.Tenant, PartnerId = whose, Id = asked?.CompanyId ?? Work.NewId<CompanyId>(), Name = "", Issuer = "", ClientId = "", Domains = "", GroupsClaim = "",
        }).Entity;
        var (tenant, id) = (Work.Tenant, company.Id);
        if (await Db.Set<CompanyDomain>().AnyAsync(d => domains.Contains(d.Domain) && d.CompanyId != id, ct) || await UsedAsync(domains, id, ct)) return Problem.Invalid("domains", "One of these domains is used by another company of this installation.");
        // Another provider knows other people by the same subjects.
        if (company.Issuer != issuer) await Db.Set<CompanyAccount>().Where(a => a.CompanyId == company.Id).ExecuteDeleteAsync(ct);
        (company.Name, company.Issuer, company.ClientId, company.GroupsClaim) = (input.Name!.Trim(), issuer, input.ClientId!.Trim(), input.GroupsClaim!.Trim());
        if (asked is not null) company.Secret = asked.Secret;
        else if (Text.OrNull(input.Secret) is { } secret) company.Secret = door.Close(secret);
        (company.Domains, company.CreatesPeople, company.DefaultRole, company.On) = (string.Join(' ', domains), input.CreatesPeople, Text.OrNull(input.DefaultRole), input.On);
        await Db.Set<CompanyDomain>().Where(d => d.CompanyId == id).ExecuteDeleteAsync(ct);
        await Db.Set<CompanyGroup>().Where(g => g.CompanyId == company.Id).ExecuteDeleteAsync(ct);
        if (input.On) Db.AddRange(domains.Select(d => new CompanyDomain { Domain = d, TenantId = tenant, CompanyId = company.Id }));
        Db.AddRange(lines.Select(l => new CompanyGroup { TenantId = tenant, CompanyId = company.Id, Group = l.Group, Role = l.Role! }));
        return company.Id;
    }

    // Also where the other sign-in of this tenant is off just now: an address must never belong to two.
    private async Task<bool> UsedAsync(string[] domains, CompanyId own, CancellationToken ct) =>
        (await Db.Set<Company>().AsNoTracking().Where(c => c.Id != own).Select(c => c.Domains).ToListAsync(ct)).Exists(d => CompanyDomains.Split(d).Intersect(domains).Any());
}
