using Microsoft.AspNetCore.Http;
using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>Whose pages these are: of the tenant of whoever is signed in, else of the tenant whose door was used; null where that is nobody’s.</summary>
public sealed class BrandOfPage(CurrentActor current, IHttpContextAccessor http, UiOptions options, ITenantSettings? settings = null)
{
    private readonly Lazy<TenantSettings?> _settings = new(() =>
        settings is null ? null : current.Actor.IsKnown ? settings.Of(current.Actor.Tenant) : settings.Visited(http.HttpContext?.Request.Host.Host ?? ""));

    /// <summary>The settings of that tenant.</summary>
    public TenantSettings? Settings => _settings.Value;

    /// <summary>Its name, or the product's.</summary>
    public string Name => Settings is { Name.Length: > 0 } own ? own.Name : options.Product;
}
