using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Trellis.Kernel;

namespace Trellis.Partners.Applying;

/// <summary>The signed link of a mail, by which an applicant shows that the address is its own; nothing of it is stored.</summary>
internal sealed class ApplicationKeys(IDataProtectionProvider provider)
{
    private readonly ITimeLimitedDataProtector _sealer = provider.CreateProtector("Trellis.Partners.Application").ToTimeLimitedDataProtector();

    public string Seal(TenantId tenant, ApplicationId application) => _sealer.Protect($"{tenant.Value:N}{application.Value:N}", TimeSpan.FromDays(ApplicationSettings.UnconfirmedDays));

    public (TenantId Tenant, ApplicationId Application)? Open(string? key)
    {
        if (key is not { Length: > 0 and < 1000 }) return null;
        try
        {
            return _sealer.Unprotect(key) is { Length: 64 } text ? (TenantId.From(Guid.ParseExact(text[..32], "N")), ApplicationId.From(Guid.ParseExact(text[32..], "N"))) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What an applicant is written, in the language in which the form was read.</summary>
internal sealed class ApplicationMail(Work work, Post post, Links links, ApplicationKeys keys)
{
    // Without the name that was typed: whoever fills in the form with the address of somebody else writes them nothing.
    public void AskToConfirm(Application a)
    {
        var address = links.To($"/partners/apply/confirm?key={Uri.EscapeDataString(keys.Seal(work.Tenant, a.Id))}");
        Send(a, $"Confirm your application to {work.Settings.Name}",
            $"Hello,\n\nyou have applied to become a partner of {work.Settings.Name}. Confirm it by this link within {ApplicationSettings.UnconfirmedDays} days:\n\n{address}\n\nIf it was not you, ignore this mail: without the confirmation what was typed is erased.");
    }

    public void TellDeclined(Application a, string reason) =>
        Send(a, $"Your application to {work.Settings.Name}", $"Hello {a.ContactName},\n\nthank you for your application. We have looked at it and cannot accept it now:\n\n{reason}");

    private void Send(Application a, string subject, string body)
    {
        subject = subject.ReplaceLineEndings(" ");
        if (Languages.Find(a.Language) is { Catalogue: { } catalogue } language) (subject, body) = (catalogue.Retell(subject, language.Culture), catalogue.Retell(body, language.Culture));
        post.Send(a.Email, subject, body);
    }
}
