namespace Trellis.Kernel;

/// <summary>What a person may do at this moment; Identity knows, work in the background that takes long asks.</summary>
public interface IPeople
{
    /// <summary>
    /// Somebody with its present permissions: one of the vendor's people, or, where a partner is named, of that partner's. Null where the person may not sign in any more or does not
    /// belong to the partner any more.
    /// </summary>
    Task<Actor?> NowAsync(TenantId tenant, PersonId person, PartnerId? partner, CancellationToken ct);
}

/// <summary>Lists the tenants of this installation; Identity owns them, the loops need them.</summary>
public interface ITenants
{
    Task<List<TenantId>> AllAsync(CancellationToken ct);

    /// <summary>Whether there is one, asked before the model of the database is built.</summary>
    bool Any();
}

/// <summary>What concerns all tenants at once (recurring jobs, the key of receipts) is in the hands of the first tenant's people, who run the installation.</summary>
public static class Installation
{
    public static async Task<bool> IsRunByAsync(this ITenants tenants, TenantId tenant, CancellationToken ct) => (await tenants.AllAsync(ct)).FirstOrDefault() == tenant;
}
