using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>Seals the mailbox's password with the installation's keys.</summary>
internal sealed class MailboxKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Trellis.Deals.Mailbox");

    public string Seal(string password) => _protector.Protect(password);

    /// <summary>All that is needed to sign in; null where the password was sealed with keys that are not here any more.</summary>
    public MailboxDoor? Open(Mailbox box)
    {
        try
        {
            return new MailboxDoor(box.Host, box.Port, box.Security, box.UserName, _protector.Unprotect(box.SealedPassword), box.Folder, box.DoneFolder);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
