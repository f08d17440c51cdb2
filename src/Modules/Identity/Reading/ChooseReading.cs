using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity.Reading;

/// <summary>How somebody wants to read.</summary>
/// <param name="Language">The code of a language; null for the company's, or what the browser asks for.</param>
/// <param name="TimeZone">An IANA time zone; null for the company's.</param>
internal sealed record ReadingChoice(string? Language, string? TimeZone);

/// <summary>Chooses the language and the time zone in which one reads pages and mails.</summary>
internal sealed class ChooseReading(Work work) : UseCase<ReadingChoice, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<Done>> HandleAsync(ReadingChoice input, CancellationToken ct)
    {
        var check = new Check()
            .That(input.Language is null || Languages.All.Any(l => l.Code == input.Language), "language", "This language is not among those that we speak.")
            .That(input.TimeZone is null || IsZone(input.TimeZone), "timeZone", "This time zone is not known here.");
        if (check.Problem is { } problem) return problem;
        var person = await Db.Set<Person>().SingleAsync(p => p.Id == Work.Actor.Person, ct);
        (person.Language, person.TimeZone) = (input.Language, input.TimeZone);
        return default(Done);
    }

    private static bool IsZone(string zone) => zone.Length <= 60 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId;
}

/// <summary>What the actor has chosen so far.</summary>
internal static class OwnReading
{
    public static async Task<(string? Language, string? TimeZone)> OfAsync(Work work, CancellationToken ct)
    {
        var me = work.Actor.Person;
        var own = await work.Db.Set<Person>().AsNoTracking().Where(p => p.Id == me).Select(p => new { p.Language, p.TimeZone }).SingleAsync(ct);
        return (own.Language, own.TimeZone);
    }
}

/// <summary>Mails go out in the language of the person behind the address, else in the company's.</summary>
internal sealed class ReaderLanguage(Db db, CurrentActor current) : IReaderLanguage
{
    public string? Of(TenantId tenant, string email)
    {
        var normal = Person.NormaliseEmail(email);
        // Who writes to the one who acts has nothing to look up: the actor was read in this very request.
        if (current.Actor is { Kind: ActorKind.Person or ActorKind.Token } actor && actor.Tenant == tenant && actor.Email == normal) return actor.Language ?? actor.TenantLanguage;
        return db.AllTenants<Tenant>("a mail may be written before it is known who acts").AsNoTracking().Where(t => t.TenantId == tenant)
            .Select(t => db.Set<Person>().IgnoreQueryFilters().Where(p => p.TenantId == tenant && p.Email == normal).Select(p => p.Language).FirstOrDefault() ?? t.Language).FirstOrDefault();
    }
}

/// <summary>The switch in the header changes the person's own choice too, so that mails and other browsers follow.</summary>
internal sealed class LanguageMemory(Work work, ChooseReading choose) : ILanguageMemory
{
    public async Task KeepAsync(string language, CancellationToken ct)
    {
        if (work.Actor is not { Kind: ActorKind.Person, ViewedBy: null }) return;
        var own = await OwnReading.OfAsync(work, ct);
        await choose.RunAsync(new ReadingChoice(language, own.TimeZone), ct);
    }
}
