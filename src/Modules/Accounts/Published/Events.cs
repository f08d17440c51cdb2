using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>An import of opportunities has been written to its end; so many rows were new, so many changed.</summary>
[WireName("accounts.opportunities_imported.v1")]
public sealed record OpportunitiesImported(string Import, int Created, int Updated, DateTime At) : IEvent;
