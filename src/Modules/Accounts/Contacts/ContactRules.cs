using System.Text.RegularExpressions;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>What a person or a program says about a contact. In a change a null leaves what is known, and a blank text empties it.</summary>
internal sealed record ContactInput(string? Name = null, string? Title = null, string? Email = null, string? Phone = null, BuyingRole? Role = null, ContactConsent? Consent = null, string? ConsentNote = null)
{
    /// <summary>Custom fields by key; those that are left out stay.</summary>
    public Dictionary<string, string?>? Fields { get; init; }
}

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
