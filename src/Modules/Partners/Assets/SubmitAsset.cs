using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Assets;

internal static class AssetPermissions
{
    public const string ViewCode = "partners.assets";
    public const string SubmitCode = "partners.submit_asset";
    public const string ReviewCode = "partners.review_assets";

    public static readonly Permission View = new(ViewCode, "See the catalogue of what partners have made", Roles.All);
    public static readonly Permission Submit = new(SubmitCode, "Offer what the own company has made for the catalogue", Roles.PartnerAdmin, Roles.PartnerTechnical, Roles.PartnerMarketing, Roles.Developer);
    public static readonly Permission Review = new(ReviewCode, "Publish or return what partners offer for the catalogue", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.AllianceManager);

    public static readonly Permission[] All = [View, Submit, Review];
}

/// <summary>An entry as it is told. Lists are typed with commas.</summary>
internal sealed record AssetInput(
    AssetKind? Kind, string? Name, string? Description, string? Products = null, string? Verticals = null, string? Link = null, FileId? File = null, string? Terms = null, bool ForPartners = false, long? Version = null)
{
    /// <summary>Takes the file away that the entry has; no file leaves it as it is.</summary>
    public bool RemoveFile { get; init; }
}

/// <summary>Offers something for the catalogue, or changes what was offered: a changed entry is looked at again.</summary>
internal sealed class SubmitAsset(Work work, Notify notify) : UseCase<(AssetId? Id, AssetInput Input), AssetId>(work)
{
    private const int Most = 200;

    protected override Permission Permission => AssetPermissions.Submit;

    protected override async Task<Result<AssetId>> HandleAsync((AssetId? Id, AssetInput Input) input, CancellationToken ct)
    {
        var (id, told) = input;
        if (Work.Actor.Partner is not { } me) return Problem.Denied(AssetPermissions.Submit);
        var (link, products, verticals) = (Profiles.Website(told.Link), TextList.Read(told.Products), TextList.Read(told.Verticals));
        var check = new Check().That(told.Kind is not null, "kind", "Choose what it is.").Text(told.Name, "name", "The name", 120).Text(told.Description, "description", "The description", 4000)
            .Text(products, "products", "Products", 500, required: false).Text(verticals, "verticals", "Industries", 500, required: false).Text(told.Terms, "terms", "The terms", 500, required: false)
            .That(string.IsNullOrWhiteSpace(told.Link) || link is not null, "link", "This is not a web address.");
        if (check.Problem is { } problem) return problem;
        if (told.File is { } file && !await Db.Set<PartnerFile>().AnyAsync(f => f.Id == file && f.PartnerId == me && f.Audience == NoteAudience.Shared, ct)) return Problem.Invalid("file", "Choose one of your company’s files.");
        await Work.LockAsync($"partner_assets:{me}", ct);
        var asset = id is null ? null : await Db.Set<Asset>().SingleOrDefaultAsync(a => a.Id == id && a.PartnerId == me, ct);
        if (id is not null && asset is null) return Problem.Missing("entry of the catalogue");
        if (asset is not null && told.Version is { } seen && seen != asset.Version) return Problem.Stale();
        if (asset is null)
        {
            if (await Db.Set<Asset>().CountAsync(a => a.PartnerId == me, ct) >= Most) return new Problem(ProblemKind.Conflict, "partners.assets_full", $"A partner has at most {Most} entries in the catalogue.");
            Db.Add(asset = new Asset { TenantId = Work.Tenant, Id = Work.NewId<AssetId>(), PartnerId = me, By = Work.Actor.Name, AuthorId = Work.Actor.Person, At = Work.Now });
        }
        else
        {
            var moved = Work.Move(AssetLifecycle.Machine, asset.Id.ToString(), asset.State, AssetTrigger.Submit);
            if (!moved.Ok) return moved.Problem;
        }

        (asset.Kind, asset.Name, asset.Description, asset.Products, asset.Verticals) = (told.Kind!.Value, told.Name!.Trim(), told.Description!.Trim(), products, verticals);
        (asset.Link, asset.FileId, asset.Terms, asset.ForPartners) = (link, told.File ?? (told.RemoveFile ? null : asset.FileId), Text.OrNull(told.Terms), told.ForPartners);
        asset.SearchText = Text.Fold(asset.Name, asset.Description, asset.Products, asset.Verticals);
        asset.Enter(AssetState.Submitted, Work.Actor.Name, null, Work.Now);
        var partner = await Db.Set<Partner>().AsNoTracking().SingleAsync(p => p.Id == me, ct);
        await AssetNews.OfferedAsync(Work, notify, partner, asset, ct);
        return asset.Id;
    }
}

/// <summary>Who is told of entries: whoever answers for the partner, and who offered it.</summary>
internal static class AssetNews
{
    public static readonly NotificationKind Offered = new("partners.asset_offered", "Partnership", "A partner has offered something for the catalogue", ByMail.Digest, null);
    public static readonly NotificationKind Decided = new("partners.asset_decided", "Partnership", "What we offered for the catalogue was published or returned", null, ByMail.AtOnce);

    public static async Task OfferedAsync(Work work, Notify notify, Partner partner, Asset asset, CancellationToken ct)
    {
        List<PersonId> people = partner.ManagerId is { } manager ? [manager]
            : await People.WithRole(work.Db, Roles.ChannelOperations).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
        await notify.TellAsync(people, new News(Offered, $"{partner.Name} offers “{asset.Name}” for the catalogue", asset.Description, $"/app/partners/catalogue/{asset.Id}", "Publish it, or return it:"), ct);
    }

    public static async Task DecidedAsync(Work work, Notify notify, Asset asset, CancellationToken ct) =>
        await notify.TellAsync(asset.PartnerId, asset.AuthorId, asset.State == AssetState.Published
            ? new News(Decided, $"“{asset.Name}” is in the catalogue now", asset.StateReason ?? "", $"/portal/catalogue/{asset.Id}")
            : new News(Decided, $"“{asset.Name}” came back to you", asset.StateReason ?? "", $"/portal/catalogue/{asset.Id}", "Change it and offer it again:"), ct);
}
