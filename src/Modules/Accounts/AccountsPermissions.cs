using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class AccountsPermissions
{
    public const string ViewCode = "accounts.view";
    public const string ManageCode = "accounts.manage";
    public const string ImportCode = "accounts.import";
    public const string MergeCode = "accounts.merge";

    public static readonly Permission View = new(ViewCode, "See customer accounts, products and opportunities", Roles.Staff);
    public static readonly Permission Manage = new(ManageCode, "Add and change customer accounts", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller);
    public static readonly Permission Import = new(ImportCode, "Import files of accounts, products, sellers and opportunities", Roles.Administrator, Roles.ChannelOperations);

    public static readonly Permission Merge = new(MergeCode, "Merge duplicate accounts, undo it, and mend data in bulk", Roles.Administrator, Roles.ChannelOperations);

    /// <summary>A partner registers deals by product, so it may read which there are; what they cost is the vendor's own.</summary>
    public static readonly Permission ListProducts = new("accounts.list_products", "List the products that can be sold", Roles.All);

    /// <summary>A partner may name a customer on a deal; it may not look at or change the list of customers.</summary>
    public static readonly Permission NameCustomer = new("accounts.name_customer", "Name a new customer on a deal", Roles.PartnerAdmin, Roles.PartnerSales, Roles.Administrator, Roles.Executive);
}
