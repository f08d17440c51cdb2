using Trellis.Accounts.Contacts;
using Trellis.Kernel;

namespace Trellis.Accounts.Web;

/// <summary>What stands in the form of a contact, as it was typed.</summary>
internal sealed class ContactForm
{
    public string? Name { get; set; }
    public string? Title { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Role { get; set; }
    public string? Consent { get; set; }
    public string? ConsentNote { get; set; }
    public long? Version { get; set; }

    public static ContactForm Of(ContactItem c) => new()
    {
        Name = c.Name,
        Title = c.Title,
        Email = c.Email,
        Phone = c.Phone,
        Role = Words.Of(c.Role),
        Consent = Words.Of(c.Consent),
        ConsentNote = c.ConsentNote,
        Version = c.Version,
    };

    public ContactInput Input() => new(
        Name ?? "", Title ?? "", Email ?? "", Phone ?? "", Words.Parse<BuyingRole>(Role) ?? BuyingRole.Unknown, Words.Parse<ContactConsent>(Consent) ?? ContactConsent.Unknown, ConsentNote ?? "");
}
