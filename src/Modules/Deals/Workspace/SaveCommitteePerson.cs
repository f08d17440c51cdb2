using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A person of the buying committee as somebody describes them; without an id a new one.</summary>
internal sealed record CommitteeInput(DealId Deal, CommitteePersonId? Person, string? Name, string? JobTitle, string? Email, BuyerRole? Role, Influence? Influence, Stance? Stance, DealSide? CoveredBy, string? CoveredByName, long? Version = null);

/// <summary>Adds a person to the buying committee, or changes what is known of them.</summary>
internal sealed class SaveCommitteePerson(Work work) : UseCase<CommitteeInput, CommitteePersonId>(work)
{
    public const int Most = 50;

    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<CommitteePersonId>> HandleAsync(CommitteeInput input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Committee, null, ct);
        if (!found.Ok) return found.Problem;
        var check = new Check().Text(input.Name, "name", "The name").Text(input.JobTitle, "jobTitle", "The job title", required: false)
            .Text(input.Email, "email", "The e-mail address", required: false).Text(input.CoveredByName, "coveredByName", "The name", required: false)
            .That(input.Role is not null, "role", "Choose what this person does in the decision.")
            .That(input.CoveredBy != DealSide.Customer, "coveredBy", "Choose the vendor or the partner.")
            .That(Kernel.Text.OrNull(input.Email) is not { } mail || System.Net.Mail.MailAddress.TryCreate(mail, out _), "email", "This is no e-mail address.");
        if (check.Problem is { } problem) return problem;
        var person = input.Person is { } id ? await Db.Set<CommitteePerson>().SingleOrDefaultAsync(p => p.Id == id && p.DealId == input.Deal, ct) : null;
        if (input.Person is not null && person is null) return WorkspaceProblems.NoPerson();
        if (person is not null && input.Version is { } seen && seen != person.Version) return Problem.Stale();
        if (person is null)
        {
            if (await Db.Set<CommitteePerson>().CountAsync(p => p.DealId == input.Deal, ct) >= Most) return WorkspaceProblems.TooMany("people", Most);
            person = new CommitteePerson { TenantId = Work.Tenant, Id = Work.NewId<CommitteePersonId>(), DealId = input.Deal, AddedAt = Work.Now, AddedByName = Work.Actor.Name };
            Db.Add(person);
        }

        (person.Name, person.JobTitle, person.Email) = (input.Name!.Trim(), Kernel.Text.OrNull(input.JobTitle), Kernel.Text.OrNull(input.Email)?.ToLowerInvariant());
        (person.Role, person.Influence, person.Stance) = (input.Role!.Value, input.Influence ?? Workspace.Influence.Medium, input.Stance ?? Workspace.Stance.Unknown);
        (person.CoveredBy, person.CoveredByName) = (input.CoveredBy, input.CoveredBy is null ? null : Kernel.Text.OrNull(input.CoveredByName));
        return person.Id;
    }
}
