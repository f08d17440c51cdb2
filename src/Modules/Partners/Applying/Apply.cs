using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Applying;

/// <summary>An application as it is typed.</summary>
internal sealed record NewApplication(string? Company, string? Website, string? Country, IReadOnlyList<Motion>? Motions, string? ContactName, string? Email, string? Text, bool Consent, string? Language);

/// <summary>
/// Takes an application of a stranger and mails a link by which the address is confirmed. It runs as Trellis itself, for the tenant whose page the stranger sees, and answers the same
/// whether or not the company is known.
/// </summary>
internal sealed class Apply(Work work, ApplicationMail mail) : UseCase<NewApplication, Done>(work)
{
    // Nobody's mailbox is filled by means of this form.
    private const int MostByAddress = 3;

    // More in a day than any programme gets: somebody plays with the form.
    private const int MostByDay = 500;

    protected override Permission Permission => ApplicationPermissions.Decide;

    protected override async Task<Result<Done>> HandleAsync(NewApplication input, CancellationToken ct)
    {
        var website = Profiles.Website(input.Website);
        Motion[] motions = [.. (input.Motions ?? []).Distinct().Order()];
        var check = new Check()
            .Text(input.Company, "company", "The company’s name", 200)
            .That(website is not null, "website", "This is not a web address.")
            .That(Countries.Find(input.Country) is not null, "country", "Choose a country.")
            .That(motions.Length > 0, "motions", "Choose how you want to work with us.")
            .Text(input.ContactName, "contactName", "Your name", 150)
            .That(Profiles.IsEmail(input.Email), "email", "This is not an e-mail address.")
            .Text(input.Text, "text", "What you tell us", 2000, required: false)
            .That(input.Consent, "consent", "We can only take your application if you agree.");
        if (check.Problem is { } problem) return problem;
        if (await Db.Set<ApplicationSettings>().AsNoTracking().SingleOrDefaultAsync(ct) is not { Open: true }) return ApplicationProblems.Closed();
        await Work.LockAsync("partners.apply", ct);
        var (email, yesterday) = (input.Email!.Trim().ToLowerInvariant(), Work.Now.AddDays(-1));
        var recent = Db.Set<Application>().Where(a => a.CreatedAt > yesterday);
        if (await recent.CountAsync(a => a.Email == email, ct) >= MostByAddress) return default(Done);
        if (await recent.Take(MostByDay).CountAsync(ct) >= MostByDay) return ApplicationProblems.TooMany();
        var application = new Application
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<ApplicationId>(),
            Company = input.Company!.Trim(),
            Website = website!,
            Country = input.Country!,
            Motion = motions[0],
            OtherMotions = Application.Others(motions),
            ContactName = input.ContactName!.Trim(),
            Email = email,
            Text = Text.OrNull(input.Text),
            Language = Languages.Find(input.Language)?.Code,
            CreatedAt = Work.Now,
            ConsentAt = Work.Now,
        }.Enter(ApplicationState.Unconfirmed, Work.Now, Work.Actor.Name);
        Db.Add(application);
        mail.AskToConfirm(application);
        return default(Done);
    }
}
