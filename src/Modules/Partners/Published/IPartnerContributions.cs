using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>Something that a partner has contributed, as another module knows it.</summary>
/// <param name="On">The day.</param>
/// <param name="What">What kind of thing: <c>Deal won</c>.</param>
/// <param name="Title">What exactly.</param>
/// <param name="Text">More, or null.</param>
/// <param name="By">Who.</param>
/// <param name="Href">Where it is, or null.</param>
public sealed record PartnerGift(DateOnly On, string What, string Title, string? Text, string By, string? Href);

/// <summary>A plug: contributions of a partner for the timeline on its page, limited to what the actor may see. Register it as a scoped service.</summary>
public interface IPartnerContributions
{
    /// <summary>The newest of them.</summary>
    Task<IReadOnlyList<PartnerGift>> OfAsync(PartnerId partner, int most, CancellationToken ct);
}
