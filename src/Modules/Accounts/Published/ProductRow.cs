using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>Names a product of the vendor.</summary>
public readonly record struct ProductId(Guid Value) : ITypedId<ProductId>
{
    public static string Prefix => "prd";
    public static ProductId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ProductId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A product of the vendor, as other modules may read it.</summary>
[PublishedRow("accounts_product")]
public sealed class ProductRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public ProductId Id { get; init; }
    public string Name { get; init; } = "";
    public string? Series { get; init; }

    /// <summary>List price in minor units of <see cref="Currency"/>, or null.</summary>
    public long? ListPrice { get; init; }

    public string Currency { get; init; } = "";
    public bool Active { get; init; }
}
