using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>The choice that one link of an answer stands for.</summary>
internal sealed record IntakeChoice(IntakeId Mail, PartnerId Partner);

/// <summary>Seals and opens the links that ask the sender of a mail for which partner it is: nobody can make one for another mail, person or partner.</summary>
internal sealed class IntakeKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Trellis.Deals.Intake");

    public string Seal(TenantId tenant, IntakeId mail, PersonId person, PartnerId partner) => _protector.Protect($"{tenant} {mail} {person} {partner}");

    /// <summary>The choice, or null where the link was not made for this person of this company.</summary>
    public IntakeChoice? Open(string? key, TenantId tenant, PersonId person)
    {
        if (Text.OrNull(key) is not { Length: < 2000 } written) return null;
        try
        {
            return _protector.Unprotect(written).Split(' ') is [var company, var mail, var whose, var partner] && company == tenant.ToString() && whose == person.ToString()
                && Ids.Parse<IntakeId>(mail) is { } id && Ids.Parse<PartnerId>(partner) is { } chosen ? new IntakeChoice(id, chosen) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
