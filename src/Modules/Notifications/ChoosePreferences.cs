using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Notifications;

/// <summary>How one kind shall reach the actor.</summary>
internal sealed record Choice(string Kind, bool InApp, ByMail Mail);

/// <summary>A kind with what holds for the actor now, and what would hold without a choice.</summary>
internal sealed record ChoiceItem(string Kind, string Group, string Label, bool InApp, ByMail Mail, ByMail Default)
{
    /// <summary>Whether it comes by mail alone.</summary>
    public bool MailOnly { get; init; }
}

/// <summary>Stores how each kind shall reach the actor.</summary>
internal sealed class ChoosePreferences(Work work, KindList kinds) : UseCase<IReadOnlyList<Choice>, Done>(work)
{
    protected override Permission Permission => NotificationsPermissions.Read;

    protected override async Task<Result<Done>> HandleAsync(IReadOnlyList<Choice> input, CancellationToken ct)
    {
        var known = kinds.For(Work.Actor).ToDictionary(k => k.Code);
        if (input.FirstOrDefault(c => c.Kind is null || !known.ContainsKey(c.Kind)) is { } unknown) return Problem.Invalid("kind", $"There is no notification “{Text.Storable(unknown.Kind ?? "", 60)}”.");
        if (input.GroupBy(c => c.Kind).Any(g => g.Count() > 1)) return Problem.Invalid("kind", "One kind is named twice.");
        var me = Work.Actor.Person;
        var stored = await Db.Set<Preference>().Where(p => p.PersonId == me).ToDictionaryAsync(p => p.Kind, ct);
        foreach (var choice in input)
        {
            var inApp = choice.InApp && !known[choice.Kind].MailOnly;
            if (stored.TryGetValue(choice.Kind, out var row)) (row.InApp, row.Mail) = (inApp, choice.Mail);
            else Db.Add(new Preference { TenantId = Work.Tenant, PersonId = me, Kind = choice.Kind, InApp = inApp, Mail = choice.Mail });
        }

        return default(Done);
    }

    public static async Task<IReadOnlyList<ChoiceItem>> ReadAsync(Work work, KindList kinds, CancellationToken ct)
    {
        var me = work.Actor.Person;
        var stored = await work.Db.Set<Preference>().AsNoTracking().Where(p => p.PersonId == me).ToDictionaryAsync(p => p.Kind, ct);
        return
        [
            .. from kind in kinds.For(work.Actor)
               let usual = Preference.Default(work.Tenant, me, kind, work.Actor.IsPartner)
               let own = stored.GetValueOrDefault(kind.Code) ?? usual
               select new ChoiceItem(kind.Code, kind.Group, kind.Label, own.InApp, own.Mail, usual.Mail) { MailOnly = kind.MailOnly },
        ];
    }
}
