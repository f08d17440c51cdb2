using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>What a person or a program says about a contact. In a change a null leaves what is known, and a blank text empties it.</summary>
internal sealed record ContactInput(string? Name = null, string? Title = null, string? Email = null, string? Phone = null, BuyingRole? Role = null, ContactConsent? Consent = null, string? ConsentNote = null);

internal static partial class ContactRules
{
    public static Result<ContactFacts> Read(ContactInput input)
    {
        var mail = Email(input.Email);
        var check = new Check()
            .Text(input.Name, "name", "The name", 150)
            .Text(input.Title, "title", "The title", 150, required: false)
            .That(string.IsNullOrWhiteSpace(input.Email) || mail is not null, "email", "This is not an e-mail address.")
            .Text(input.Phone, "phone", "The phone number", 40, required: false)
            .That(string.IsNullOrWhiteSpace(input.Phone) || IsPhone(input.Phone), "phone", "A phone number has digits, blanks and + - ( ) / . only.")
            .Text(input.ConsentNote, "consentNote", "The consent note", 500, required: false)
            .That(input.Consent is not ContactConsent.Given || !string.IsNullOrWhiteSpace(input.ConsentNote), "consentNote", "Write down when, how and for what the consent was given.");
        if (check.Problem is { } problem) return problem;
        return new ContactFacts
        {
            Name = input.Name!.Trim(),
            Title = Text.OrNull(input.Title),
            Email = mail,
            Phone = Text.OrNull(input.Phone),
            Role = input.Role,
            Consent = input.Consent,
            ConsentNote = Text.OrNull(input.ConsentNote),
        };
    }

    /// <summary>The address in lower case, or null where it is none.</summary>
    public static string? Email(string? written) => Text.OrNull(written) is { Length: <= 200 } text && Address().IsMatch(text) && Text.IsClean(text) ? text.ToLowerInvariant() : null;

    public static bool IsPhone(string written) => Phone().IsMatch(written.Trim());

    [GeneratedRegex(@"^[^\s@<>""]{1,64}@[^\s@<>""]+\.[^\s@<>"".]{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[+]?[\d][\d ()\-./x]{2,38}$|^\([\d][\d ()\-./x]{2,38}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Phone();
}

/// <summary>Adds a person who works at an account.</summary>
internal sealed class AddAccountContact(Work work) : UseCase<(AccountId Account, ContactInput Contact), ContactId>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<ContactId>> HandleAsync((AccountId Account, ContactInput Contact) input, CancellationToken ct)
    {
        var facts = ContactRules.Read(input.Contact);
        if (!facts.Ok) return facts.Problem;
        if (!await Db.Set<Account>().AnyAsync(a => a.Id == input.Account, ct)) return AccountsProblems.Missing();
        if (facts.Value.Email is { } mail)
        {
            await Work.LockAsync($"contact:{mail}", ct);
            if (await Db.Set<AccountContact>().Where(c => c.AccountId == input.Account && c.Email == mail).Select(c => c.Name).FirstOrDefaultAsync(ct) is { } known) return AccountsProblems.KnownContact(known);
        }

        var contact = AccountContact.Create(Work.Tenant, Work.NewId<ContactId>(), input.Account, facts.Value, Work.Now);
        Db.Add(contact);
        return contact.Id;
    }
}

/// <summary>Changes what is known about a contact.</summary>
internal sealed class ChangeAccountContact(Work work) : UseCase<(ContactId Contact, ContactInput Input, long? Version), Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((ContactId Contact, ContactInput Input, long? Version) input, CancellationToken ct)
    {
        var contact = await Db.Set<AccountContact>().SingleOrDefaultAsync(c => c.Id == input.Contact, ct);
        if (contact is null) return AccountsProblems.MissingContact();
        if (input.Version is { } read && read != contact.Version) return Problem.Stale();
        var now = input.Input;
        var facts = ContactRules.Read(new ContactInput(now.Name ?? contact.Name, now.Title ?? contact.Title, now.Email ?? contact.Email, now.Phone ?? contact.Phone,
            now.Role ?? contact.Role, now.Consent ?? contact.Consent, now.ConsentNote ?? contact.ConsentNote));
        if (!facts.Ok) return facts.Problem;
        if (facts.Value.Email is { } mail && mail != contact.Email)
        {
            await Work.LockAsync($"contact:{mail}", ct);
            if (await Db.Set<AccountContact>().Where(c => c.AccountId == contact.AccountId && c.Email == mail && c.Id != contact.Id).Select(c => c.Name).FirstOrDefaultAsync(ct) is { } known)
                return AccountsProblems.KnownContact(known);
        }

        contact.Rewrite(facts.Value);
        return default(Done);
    }
}

/// <summary>Removes a contact for good.</summary>
internal sealed class RemoveAccountContact(Work work) : UseCase<ContactId, AccountId>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<AccountId>> HandleAsync(ContactId input, CancellationToken ct)
    {
        var contact = await Db.Set<AccountContact>().SingleOrDefaultAsync(c => c.Id == input, ct);
        if (contact is null) return AccountsProblems.MissingContact();
        Db.Remove(contact);
        return contact.AccountId;
    }
}
