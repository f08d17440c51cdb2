using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Notifications;

/// <summary>How one kind shall reach the actor.</summary>
internal sealed record Choice(string Kind, bool InApp, ByMail Mail);

/// <summary>A kind with what holds for the actor now, and what would hold without a choice.</summary>
internal sealed record ChoiceItem(string Kind, string Group, string Label, bool InApp, ByMail Mail, ByMail Default);

/// <summary>Stores how each kind shall reach the actor.</summary>
internal sealed class ChoosePreferences(Work work, KindList kinds) : UseCase<IReadOnlyList<Choice>, Done>(work)
{
    protected override Permission Permission => NotificationsPermissions.Read;

    protected override async Task<Result<Done>> HandleAsync(IReadOnlyList<Choice> input, CancellationToken ct)
    {
        var known = kinds.For(Work.Actor).Select(k => k.Code).ToHashSet();
        if (input.FirstOrDefault(c => !known.Contains(c.Kind)) is { } unknown) return Problem.Invalid("kind", $"There is no notification “{Text.Storable(unknown.Kind ?? "", 60)}”.");
        if (input.GroupBy(c => c.Kind).Any(g => g.Count() > 1)) return Problem.Invalid("kind", "One kind is named twice.");
        var me = Work.Actor.Person;
        var stored = await Db.Set<Preference>().Where(p => p.PersonId == me).ToDictionaryAsync(p => p.Kind, ct);
        foreach (var choice in input)
        {
            if (stored.TryGetValue(choice.Kind, out var row)) (row.InApp, row.Mail) = (choice.InApp, choice.Mail);
            else Db.Add(new Preference { TenantId = Work.Tenant, PersonId = me, Kind = choice.Kind, InApp = choice.InApp, Mail = choice.Mail });
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
               select new ChoiceItem(kind.Code, kind.Group, kind.Label, own.InApp, own.Mail, usual.Mail),
        ];
    }
}
