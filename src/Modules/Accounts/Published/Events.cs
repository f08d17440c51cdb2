using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>An import of opportunities has been written to its end; so many rows were new, so many changed.</summary>
[WireName("accounts.opportunities_imported.v1")]
public sealed record OpportunitiesImported(string Import, int Created, int Updated, DateTime At) : IEvent;

/// <summary>Two accounts became one: what named <paramref name="FromId"/> names <paramref name="IntoId"/> from now on.</summary>
[WireName("accounts.accounts_merged.v1")]
public sealed record AccountsMerged(string Merge, AccountId FromId, AccountId IntoId, DateTime At) : IEvent;

/// <summary>A merge was undone: <paramref name="FromId"/> is an account of its own again.</summary>
[WireName("accounts.accounts_parted.v1")]
public sealed record AccountsParted(string Merge, AccountId FromId, AccountId IntoId, DateTime At) : IEvent;

/// <summary>Accounts are written otherwise than before: another name, web address, country or identifier in the CRM. What a merge or its end changes on them is told by those.</summary>
[WireName("accounts.accounts_renamed.v1")]
public sealed record AccountsRenamed(IReadOnlyList<AccountId> Accounts, DateTime At) : IEvent;
