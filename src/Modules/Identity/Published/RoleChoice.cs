namespace Trellis.Identity.Published;

/// <summary>A role that may be chosen.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name in this tenant.</param>
/// <param name="Summary">What it is for.</param>
public sealed record RoleChoice(string Code, string Name, string Summary);

/// <summary>The roles of a tenant, with those that it has added or renamed.</summary>
public interface IRoleChoices
{
    /// <summary>The roles at a partner that the actor may give.</summary>
    Task<IReadOnlyList<RoleChoice>> ForPartnerPeopleAsync(CancellationToken ct);
}
