using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A company to found.</summary>
/// <param name="Name">Its name, which no other company of the installation has.</param>
/// <param name="AdminName">The name of its first administrator.</param>
/// <param name="AdminEmail">The address of that person; at other companies it may be known already.</param>
/// <param name="Currency">The currency in which it reports, ISO 4217.</param>
/// <param name="TimeZone">The IANA time zone of its people.</param>
/// <param name="Language">The code of the language of its pages and mails; null to follow each browser.</param>
public sealed record NewCompany(string? Name, string? AdminName, string? AdminEmail, string? Currency, string? TimeZone, string? Language);

/// <summary>For the operator at the command line: another company in this installation, with its first administrator, who sets a password by a link.</summary>
public sealed class FoundCompany(Db db, Work work, CurrentActor current, IServiceProvider services)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    /// <summary>The path of the page that sets the administrator's password once, within seven days.</summary>
    public async Task<Result<string>> RunAsync(NewCompany input, CancellationToken ct)
    {
        var check = new Check()
            .Text(input.Name, "name", "The name", 100)
            .Text(input.AdminName, "adminName", "The administrator's name")
            .That(Person.IsEmail(input.AdminEmail), "adminEmail", "This is not an e-mail address.")
            .Currency(input.Currency)
            .That(input.TimeZone is { Length: <= 60 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId, "timeZone", "This is no time zone of the list, such as Europe/Berlin.")
            .That(input.Language is null || Languages.All.Any(l => l.Code == input.Language), "language", $"This is none of our languages: {string.Join(", ", Languages.All.Select(l => l.Code))}.");
        if (check.Problem is { } problem) return problem;
        var (name, tenant) = (input.Name!.Trim(), work.NewId<TenantId>());
        current.Actor = Actor.System(tenant);
        return await work.TransactAsync<string>("identity.found_company", async () =>
        {
            await db.Engine.LockAsync(db, "found-company", ct);
            var names = await db.AllTenants<Tenant>("a name is given once").Select(t => t.Name).ToListAsync(ct);
            if (names.Exists(n => Text.Fold(n) == Text.Fold(name))) return Problem.Invalid("name", $"There is a company named {name} already.");
            var (_, administrator) = await services.GetRequiredService<FoundTenant>().RunAsync(tenant, name, input.Currency!, input.TimeZone!, input.AdminName!.Trim(), input.AdminEmail!, null, input.Language, ct);
            var (secret, hash) = Secrets.New("reset_");
            db.Add(new Key { Hash = hash, Kind = KeyKind.Reset, TenantId = tenant, PersonId = administrator, Name = "First password", CreatedAt = work.Now, ExpiresAt = work.Now + LinkLife });
            return $"/sign-in/reset?key={secret}";
        }, ct);
    }
}
