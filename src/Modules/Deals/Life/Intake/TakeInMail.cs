using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life.Intake;

/// <summary>What became of a mail that was handed over.</summary>
internal sealed record IntakeAnswer(IntakeId Id, IntakeOutcome Outcome, DealId? Deal);

/// <summary>
/// Makes a draft of a mail that a partner's person has forwarded, for that person, and answers it with one link. Never a registration: an address
/// in a mail proves nobody, and neither does the receiving server's word about its signature. Whoever opens the link signs in first.
/// </summary>
internal sealed class TakeInMail(Work work, LifeMail mail) : UseCase<byte[], IntakeAnswer>(work)
{
    protected override Permission Permission => LifePermissions.TakeInMail;

    protected override async Task<Result<IntakeAnswer>> HandleAsync(byte[] message, CancellationToken ct)
    {
        if (MailText.Read(message) is not { } read) return Problem.Invalid("message", $"This is no mail with a sender, or it is larger than {MailText.Longest / 1_000_000} MB.");
        var key = System.Convert.ToHexStringLower(SHA256.HashData(read.MessageId is { } id ? Encoding.UTF8.GetBytes(id) : message));
        await Work.LockAsync($"deals-intake:{key}", ct);
        if (await Db.Set<IntakeMail>().AsNoTracking().SingleOrDefaultAsync(m => m.MessageKey == key, ct) is { } earlier) return new IntakeAnswer(earlier.Id, earlier.Outcome, earlier.DealId);

        var sender = read.From;
        var homes = await (
            from p in Db.Set<PersonRow>()
            join m in People.Members(Db, Roles.PartnerAdmin, Roles.PartnerSales) on new { p.TenantId, p.Id } equals new { m.TenantId, Id = m.PersonId }
            join o in Db.Set<PartnerRow>() on new { m.TenantId, Id = m.PartnerId } equals new { o.TenantId, o.Id }
            where p.Email == sender
            select new { p.Id, p.Name, p.Email, m.PartnerId, o.State }).Take(10).ToListAsync(ct);
        var able = homes.Where(h => Registration.MayRegister(h.State)).ToList();
        var home = able.Count == 1 ? able[0] : null;
        Deal? draft = null;
        if (home is not null)
        {
            var fields = DraftOfMail.Read(read, await UploadDeals.ProductsAsync(Work, ct), Work.Actor.Currency, home.Email[(home.Email.IndexOf('@', StringComparison.Ordinal) + 1)..]);
            // What cannot be kept as it is stands in the story all the same.
            if (Registration.Draft(fields, new Check()).Problem is not null) fields = new DealFields { CustomerName = fields.CustomerName, WorkDone = fields.WorkDone };
            var product = await Registration.ProductNameAsync(Work, fields.Product, ct);
            draft = Deal.Past(Work.Tenant, Work.NewId<DealId>(), home.PartnerId, home.Id, home.Name, Work.Actor.Currency, Work.Now);
            draft.Write(fields, product.Ok ? product.Value : null);
            Db.Add(draft);
            await mail.DraftedAsync(draft, ct);
        }

        var taken = new IntakeMail
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<IntakeId>(),
            MessageKey = key,
            FromAddress = Text.Storable(sender, 300),
            Subject = read.Subject,
            Outcome = draft is not null ? IntakeOutcome.Draft : able.Count > 1 ? IntakeOutcome.SeveralPartners : IntakeOutcome.UnknownSender,
            PersonId = home?.Id,
            PartnerId = home?.PartnerId,
            DealId = draft?.Id,
            Signature = Signature(read.Signature),
            At = Work.Now,
        };
        Db.Add(taken);
        return new IntakeAnswer(taken.Id, taken.Outcome, taken.DealId);
    }

    private static string? Signature(string? header) => header is null ? null : header.Contains("dkim=pass", StringComparison.OrdinalIgnoreCase) ? "pass" : header.Contains("dkim=", StringComparison.OrdinalIgnoreCase) ? "not passed" : null;
}
