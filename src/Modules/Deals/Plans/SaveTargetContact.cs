using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetContactInput(TargetId Target, TargetContactId? Contact, string? Name, string? JobTitle, string? Email, BuyerRole? Role, DealSide? KnownBy, string? KnownByName, long? Version = null);

/// <summary>Writes down a person at the company whom one of the sides knows, or changes what stands there.</summary>
internal sealed class SaveTargetContact(Work work) : UseCase<TargetContactInput, TargetContactId>(work)
{
    public const int Most = 50;

    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetContactId>> HandleAsync(TargetContactInput input, CancellationToken ct)
    {
        var found = await Work.TargetToWriteAsync(input.Target, ct);
        if (!found.Ok) return found.Problem;
        var check = new Check().Text(input.Name, "name", "The name").Text(input.JobTitle, "jobTitle", "The job title", required: false).Text(input.Email, "email", "The e-mail address", required: false)
            .That(Text.OrNull(input.Email) is not { } mail || (mail.Contains('@', StringComparison.Ordinal) && !mail.Contains(' ', StringComparison.Ordinal)), "email", "Write an address like name@company.example.")
            .That(input.Role is not null, "role", "Choose the role.").That(input.KnownBy is DealSide.Vendor or DealSide.Partner, "knownBy", "Choose the vendor or the partner.").Text(input.KnownByName, "knownByName", "Who knows the person", required: false);
        if (check.Problem is { } problem) return problem;
        await Work.LockAsync($"target-contacts:{input.Target}", ct);
        var contact = input.Contact is { } id ? await Db.Set<TargetContact>().SingleOrDefaultAsync(c => c.Id == id && c.TargetId == input.Target, ct) : null;
        if (input.Contact is not null && contact is null) return TargetProblems.NoContact();
        if (contact is not null && input.Version is { } seen && seen != contact.Version) return Problem.Stale();
        if (contact is null)
        {
            if (await Db.Set<TargetContact>().CountAsync(c => c.TargetId == input.Target, ct) >= Most) return WorkspaceProblems.TooMany("people", Most);
            Db.Add(contact = new TargetContact { TenantId = Work.Tenant, Id = Work.NewId<TargetContactId>(), TargetId = input.Target, PartnerId = found.Value.PartnerId, AddedAt = Work.Now, AddedByName = Work.Actor.Name });
        }

        (contact.Name, contact.JobTitle, contact.Email, contact.Role) = (input.Name!.Trim(), Text.OrNull(input.JobTitle), Text.OrNull(input.Email)?.ToLowerInvariant(), input.Role!.Value);
        (contact.KnownBy, contact.KnownByName) = (input.KnownBy!.Value, Text.OrNull(input.KnownByName));
        return contact.Id;
    }
}
