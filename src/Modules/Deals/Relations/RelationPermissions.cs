using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>Who may see and set who holds a customer relation. A partner claims it with the permission to register.</summary>
internal static class RelationPermissions
{
    public const string ViewCode = "deals.view_relations";
    public const string ViewAllCode = "deals.view_all_relations";
    public const string SetCode = "deals.set_relations";

    public static readonly Permission View = new(ViewCode, "See customer relations of partners and how strong they are, the own partner’s only in the portal", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission ViewAll = new(ViewAllCode, "See who holds the relation with an account and which partners are strong there", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Executive);
    public static readonly Permission Set = new(SetCode, "Set who holds a customer relation, and answer partners’ claims", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);

    public static readonly Permission[] All = [View, ViewAll, Set];
}
