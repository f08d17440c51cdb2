using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>A product of the vendor.</summary>
internal sealed class Product : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public ProductId Id { get; init; }
    public string Name { get; private set; } = "";

    /// <summary>The name without blanks, punctuation and case; unique among the products.</summary>
    public string NameKey { get; private set; } = "";

    public string? Series { get; private set; }
    public long? ListPrice { get; private set; }
    public string Currency { get; private set; } = "";
    public bool Active { get; private set; } = true;
    public string SearchText { get; private set; } = "";
    public long Version { get; set; }

    public static Product Create(TenantId tenant, ProductId id, string name, string? series, long? listPrice, string currency, bool active = true)
    {
        var product = new Product { TenantId = tenant, Id = id, Currency = currency, Version = 1, Active = active };
        product.Apply(name, series, listPrice, null, new Changes());
        return product;
    }

    public void Apply(string name, string? series, long? listPrice, bool? active, Changes changes)
    {
        if (changes.Text("Name", Name, name)) Name = name;
        if (changes.Text("Series", Series, series)) Series = series;
        if (changes.Money("List price", ListPrice, Currency, listPrice, Currency)) ListPrice = listPrice;
        if (changes.Value("Active", Active, active)) Active = active!.Value;
        Derive();
    }

    /// <summary>What follows from the other values.</summary>
    public void Derive() => (NameKey, SearchText) = (CompanyNames.Tight(Name), Text.Fold(Name, Series));
}

/// <summary>Names a seller.</summary>
internal readonly record struct SellerId(Guid Value) : ITypedId<SellerId>
{
    public static string Prefix => "sel";
    public static SellerId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SellerId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A member of the vendor's direct sales team, as the CRM knows it.</summary>
internal sealed class Seller : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public SellerId Id { get; init; }
    public string Name { get; private set; } = "";
    public string NameKey { get; private set; } = "";
    public string? Manager { get; private set; }
    public string? Office { get; private set; }
    public long Version { get; set; }

    public static Seller Create(TenantId tenant, SellerId id, string name, string? manager, string? office)
    {
        var seller = new Seller { TenantId = tenant, Id = id, Version = 1 };
        seller.Apply(name, manager, office, new Changes());
        return seller;
    }

    public void Apply(string name, string? manager, string? office, Changes changes)
    {
        if (changes.Text("Name", Name, name)) Name = name;
        if (changes.Text("Manager", Manager, manager)) Manager = manager;
        if (changes.Text("Office", Office, office)) Office = office;
        Derive();
    }

    /// <summary>What follows from the name.</summary>
    public void Derive() => NameKey = CompanyNames.Tight(Name);
}
