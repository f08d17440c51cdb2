using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners;

internal sealed record NewContact(string? Name, string? Email, ContactFunction? Function, string? JobTitle = null, string? Phone = null)
{
    /// <summary>Custom fields by key; those that are left out stay.</summary>
    public Dictionary<string, string?>? Fields { get; init; }
}

/// <summary>Adds a person at a partner, without a sign-in.</summary>
internal sealed class AddContact(Work work, CustomFields fields) : UseCase<(PartnerId Partner, NewContact Contact), ContactId>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<ContactId>> HandleAsync((PartnerId Partner, NewContact Contact) input, CancellationToken ct)
    {
        if (Check(input.Contact).Problem is { } problem) return problem;
        if (!await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        var contact = Create(Work, input.Partner, input.Contact);
        if (await Db.Set<Contact>().Where(c => c.PartnerId == input.Partner && c.Email == contact.Email).Select(c => c.Name).FirstOrDefaultAsync(ct) is { } known)
            return PartnersProblems.KnownContact(known);
        var own = await fields.FillAsync(PartnerContactRecords.Name, input.Contact.Fields, ct);
        if (!own.Ok) return own.Problem;
        Db.Add(contact);
        Db.AddRange(RecordType<ContactId>.RowsOf(Work.Tenant, contact.Id, own.Value));
        return contact.Id;
    }

    internal static Check Check(NewContact input) => new Check()
        .Text(input.Name, "name", "The name", 150)
        .That(Profiles.IsEmail(input.Email), "email", "This is not an e-mail address.")
        .That(input.Function is not null, "function", "Choose what the person works on.")
        .Text(input.JobTitle, "jobTitle", "The job title", 150, required: false)
        .Text(input.Phone, "phone", "The phone number", 40, required: false);

    internal static Contact Create(Work work, PartnerId partner, NewContact input) => new()
    {
        TenantId = work.Tenant,
        Id = work.NewId<ContactId>(),
        PartnerId = partner,
        Name = input.Name!.Trim(),
        Email = input.Email!.Trim().ToLowerInvariant(),
        Phone = Text.OrNull(input.Phone),
        JobTitle = Text.OrNull(input.JobTitle),
        Function = input.Function!.Value,
        CreatedAt = work.Now,
        SearchText = Text.Fold(input.Name, input.Email),
    };
}
