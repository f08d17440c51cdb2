using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Joint;

internal static class JointPermissions
{
    public const string ViewCode = "partners.joint_value";

    public static readonly Permission View = new(ViewCode, "See the value that partners have made together", Roles.All);
    public static readonly Permission Propose = new("partners.propose_joint_value", "Write down value that two partners have made together", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.AllianceManager);
    public static readonly Permission Confirm = new("partners.confirm_joint_value", "Agree for the company to value made with another partner", Roles.PartnerAdmin);

    public static readonly Permission Suggest = new("partners.suggest_joint_value", "Write down for the company value made with another partner", Roles.PartnerAdmin);

    public static readonly Permission[] All = [View, Propose, Confirm, Suggest];
}

/// <summary>Joint value as it is told.</summary>
/// <param name="Percent">What the first partner is credited with; the rest is the second one's.</param>
internal sealed record JointInput(PartnerId? Partner, PartnerId? With, string? Title, string? Text, DateOnly? On, long? Amount, string? Currency, int? Percent);

/// <summary>Writes down value that two partners have made without the vendor; it counts once both have agreed.</summary>
internal sealed class ProposeJoint(Work work, Notify notify) : UseCase<JointInput, JointValueId>(work)
{
    public const long MostAmount = 1_000_000_000_000_00;

    protected override Permission Permission => JointPermissions.Propose;

    protected override async Task<Result<JointValueId>> HandleAsync(JointInput input, CancellationToken ct)
    {
        var currency = Text.OrNull(input.Currency)?.ToUpperInvariant() ?? Work.Settings.Currency;
        var check = Facts(new Check().That(input.Partner is not null, "partner", "Choose the first partner.").That(input.With is not null && input.With != input.Partner, "with", "Choose another partner."), Work, input, currency)
            .That(input.Percent is >= 0 and <= 100, "percent", "The share of the first partner is 0 to 100 per cent.");
        if (check.Problem is { } problem) return problem;
        var (first, second) = (input.Partner!.Value, input.With!.Value);
        var names = await Db.Set<Partner>().Where(p => (p.Id == first || p.Id == second) && p.MergedInto == null).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        if (names.Count != 2) return PartnersProblems.Missing();
        var (one, two) = (await AnswerableAsync(Db, first, ct), await AnswerableAsync(Db, second, ct));
        var able = new Check().That(one.Count > 0, "partner", $"Nobody of {names[first]} could say yes: it has no administrator here. Invite one first.").That(two.Count > 0, "with", $"Nobody of {names[second]} could say yes: it has no administrator here. Invite one first.");
        if (able.Problem is { } unable) return unable;
        var joint = Written(Work, input, currency, first, second);
        Db.Add(joint);
        var news = new News(JointSetup.Asked, $"Do you agree to the split of “{joint.Title}”?", joint.Text ?? "", "/portal/joint-value", "Say yes or no:");
        await notify.TellAsync(first, one, news, ct);
        await notify.TellAsync(second, [.. two.Except(one)], news, ct);
        return joint.Id;
    }

    /// <summary>What is asked of every record, whoever writes it down.</summary>
    public static Check Facts(Check check, Work work, JointInput input, string currency) => check
        .Text(input.Title, "title", "The title", 200).Text(input.Text, "text", "The text", 2000, required: false)
        .That(input.On is { } on && on <= work.Today && on >= work.Today.AddYears(-10), "on", "Say on which day; within the last ten years.")
        .That(input.Amount is > 0 and <= MostAmount, "amount", "The amount is above zero.").Currency(currency);

    public static JointValue Written(Work work, JointInput input, string currency, PartnerId first, PartnerId second) => new()
    {
        TenantId = work.Tenant,
        Id = work.NewId<JointValueId>(),
        PartnerId = first,
        WithId = second,
        Title = input.Title!.Trim(),
        Text = Text.OrNull(input.Text),
        On = input.On!.Value,
        Amount = input.Amount!.Value,
        Currency = currency,
        Percent = input.Percent!.Value,
        By = work.Actor.Name,
        At = work.Now,
    };

    public static Task<List<PersonId>> AnswerableAsync(Db db, PartnerId partner, CancellationToken ct) =>
        People.OfPartner(db, partner, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(10).ToListAsync(ct);
}
