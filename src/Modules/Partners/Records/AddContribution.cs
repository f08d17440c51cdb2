using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>A contribution as it is told.</summary>
internal sealed record NewContribution(ContributionKind? Kind, string? Title, DateOnly? On, string? Text = null, string? Link = null, PartnerId? With = null);

/// <summary>Writes down what a partner has contributed; the partner's own people may do so, too, and it shows who did.</summary>
internal sealed class AddContribution(Work work) : UseCase<(PartnerId Partner, NewContribution Input), ContributionId>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<ContributionId>> HandleAsync((PartnerId Partner, NewContribution Input) input, CancellationToken ct)
    {
        var (id, told) = input;
        var link = Profiles.Website(told.Link);
        var check = new Check().That(told.Kind is not null, "kind", "Choose what it was.").Text(told.Title, "title", "The title", 200).Text(told.Text, "text", "The text", 2000, required: false)
            .That(told.On is { } on && on <= Work.Today && on >= Work.Today.AddYears(-10), "on", "Say on which day; within the last ten years.")
            .That(string.IsNullOrWhiteSpace(told.Link) || link is not null, "link", "This is not a web address.");
        if (check.Problem is { } problem) return problem;
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == id && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        // A portal actor knows no other partner; the vendor's people add the second one.
        var with = Work.Actor.IsPartner || told.With is not { Value: var other } || other == Guid.Empty ? null : told.With;
        if (with is { } second && (second == id || !await LivePartner.IsAsync(Db, second, ct))) return Problem.Invalid("with", "Choose another partner.");
        var contribution = new Contribution
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<ContributionId>(),
            PartnerId = id,
            Kind = told.Kind!.Value,
            Title = told.Title!.Trim(),
            Text = Kernel.Text.OrNull(told.Text),
            Link = link,
            On = told.On!.Value,
            WithId = with,
            By = Work.Actor.Name,
            AuthorId = Work.Actor.Person,
            FromPartner = Work.Actor.IsPartner,
            At = Work.Now,
        };
        Db.Add(contribution);
        return contribution.Id;
    }
}
