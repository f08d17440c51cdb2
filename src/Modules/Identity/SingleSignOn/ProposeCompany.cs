using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What a partner's administrator types about the sign-in of the own company.</summary>
internal sealed class ProposalForm
{
    public string? Issuer { get; set; }
    public string? ClientId { get; set; }

    /// <summary>Empty keeps the one that is known for the same issuer and client.</summary>
    public string? Secret { get; set; }
    public string? Domains { get; set; }
    public bool CreatesPeople { get; set; }
    public string? DefaultRole { get; set; }

    public static ProposalForm Of(CompanyProposal? asked, Company? company) => asked is not null
        ? new() { Issuer = asked.Issuer, ClientId = asked.ClientId, Domains = asked.Domains, CreatesPeople = asked.CreatesPeople, DefaultRole = asked.DefaultRole }
        : company is not null ? new() { Issuer = company.Issuer, ClientId = company.ClientId, Domains = company.Domains, CreatesPeople = company.CreatesPeople, DefaultRole = company.DefaultRole } : new();
}

/// <summary>A partner's administrator enters the provider of the own company. Nothing works by it before the vendor has approved it; what is in force meanwhile goes on.</summary>
internal sealed class ProposeCompany(Work work, CompanyDoor door, Provider provider, CurrentSession session) : UseCase<ProposalForm, CompanyProposalId>(work)
{
    private const int MostDomains = 10;

    protected override Permission Permission => IdentityPermissions.ProposeSignIn;

    protected override async Task<Result<CompanyProposalId>> HandleAsync(ProposalForm input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner) return Problem.Missing("partner");
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        var domains = CompanyDomains.Split(input.Domains);
        var check = CompanyForm.Provider(new Check(), input.Issuer, input.ClientId, input.Secret, domains)
            .That(domains.Length <= MostDomains, "domains", $"Name at most {MostDomains} domains.")
            .That(string.IsNullOrEmpty(input.DefaultRole) || Roles.Portal.Contains(input.DefaultRole), "defaultRole", "There is no such role.")
            .That(!input.CreatesPeople || !string.IsNullOrEmpty(input.DefaultRole), "defaultRole", "Choose the role of somebody who is new.");
        if (check.Problem is { } problem) return problem;
        var (issuer, client) = (input.Issuer!.Trim(), input.ClientId!.Trim());
        if ((await provider.ReadAsync(issuer, true, ct)).Fault is { } fault) return Problem.Invalid("issuer", $"This provider cannot be used: {fault}.");
        await Work.LockAsync("company", ct);
        var company = await Db.Set<Company>().AsNoTracking().FirstOrDefaultAsync(c => c.PartnerId == partner, ct);
        var asked = await Db.Set<CompanyProposal>().SingleOrDefaultAsync(p => p.PartnerId == partner, ct);
        var own = company?.Id ?? asked?.CompanyId ?? Work.NewId<CompanyId>();
        if (await CompanyProposals.AreForeignAsync(Work, domains, own, ct)) return Problem.Invalid("domains", "One of these domains belongs to somebody else here. Name domains of your own company alone.");
        // A secret goes to no other address than the one for which it was typed.
        var secret = Text.OrNull(input.Secret) is { } typed ? door.Close(typed)
            : asked is { Waits: true } && asked.Issuer == issuer && asked.ClientId == client ? asked.Secret
            : company is not null && company.Issuer == issuer && company.ClientId == client ? company.Secret : null;
        asked ??= Db.Add(new CompanyProposal { TenantId = Work.Tenant, Id = Work.NewId<CompanyProposalId>(), PartnerId = partner, Issuer = "", ClientId = "", Domains = "", ByName = "" }).Entity;
        (asked.CompanyId, asked.Issuer, asked.ClientId, asked.Secret, asked.Domains) = (own, issuer, client, secret, string.Join(' ', domains));
        (asked.CreatesPeople, asked.DefaultRole) = (input.CreatesPeople, Text.OrNull(input.DefaultRole));
        (asked.By, asked.ByName, asked.At) = (Work.Actor.Person, Work.Actor.Name, Work.Now);
        (asked.RefusedAt, asked.RefusedByName, asked.Reason) = (null, null, null);
        Work.Publish(new PartnerSignInChanged(partner, PartnerSignInStep.Proposed, Work.Actor.Name, null, Work.Now));
        return asked.Id;
    }
}
