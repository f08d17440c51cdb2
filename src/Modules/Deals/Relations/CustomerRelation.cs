using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>Names one entry of who holds a customer relation.</summary>
internal readonly record struct CustomerRelationId(Guid Value) : ITypedId<CustomerRelationId>
{
    public static string Prefix => "crel";
    public static CustomerRelationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CustomerRelationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Who holds the relation with a customer.</summary>
internal enum RelationHolder
{
    None,
    Vendor,
    Partner,

    /// <summary>Vendor and partner together.</summary>
    Both,
}

/// <summary>On what it rests that somebody holds the relation.</summary>
internal enum RelationBasis
{
    /// <summary>The vendor's people said so.</summary>
    Declared,

    /// <summary>The partner claimed it on its deal, and the vendor's people confirmed it.</summary>
    Claimed,
}

/// <summary>
/// That the vendor or a partner holds the relation with a customer, from a day on. It is ended, never overwritten, so that all entries of an account are its history.
/// </summary>
internal sealed class CustomerRelation : ITenantOwned, IWatched
{
    public TenantId TenantId { get; init; }
    public CustomerRelationId Id { get; init; }
    public AccountId AccountId { get; set; }

    /// <summary>The partner that holds it; null for the vendor.</summary>
    public PartnerId? PartnerId { get; init; }

    public RelationBasis Basis { get; init; }

    /// <summary>The day from which it holds, which may lie before the day on which it was written down.</summary>
    public DateOnly Since { get; init; }

    public string? Note { get; init; }

    /// <summary>The deal on which it was claimed.</summary>
    public DealId? DealId { get; init; }

    public DateTime RecordedAt { get; init; }
    public string RecordedByName { get; init; } = "";
    public DateTime? EndedAt { get; private set; }
    public string? EndedByName { get; private set; }

    /// <summary>The merge of accounts that brought it here, and what comes back when that is undone.</summary>
    public string? Merge { get; private set; }

    public AccountId? MovedFrom { get; private set; }

    /// <summary>It ended only because the account that stayed says something else.</summary>
    public bool EndedByMerge { get; private set; }

    public string Watched => AccountId.ToString();

    public void End(DateTime at, string by) => (EndedAt, EndedByName) = (at, by);

    public void Move(string merge, AccountId into, DateTime? ends)
    {
        (Merge, MovedFrom, AccountId) = (merge, AccountId, into);
        if (ends is not { } at || EndedAt is not null) return;
        (EndedAt, EndedByName, EndedByMerge) = (at, "Trellis", true);
    }

    public void Return()
    {
        if (MovedFrom is not { } from) return;
        if (EndedByMerge) (EndedAt, EndedByName) = (null, null);
        (AccountId, Merge, MovedFrom, EndedByMerge) = (from, null, null, false);
    }
}

/// <summary>Pure: what the entries of an account say together, and what changes when somebody else is to hold it.</summary>
internal static class Holding
{
    /// <summary>Who holds it, by the partners of the entries that have not ended; null stands for the vendor.</summary>
    public static (RelationHolder Holder, PartnerId? Partner) Of(IReadOnlyCollection<PartnerId?> holders)
    {
        var (vendor, partner) = (holders.Contains(null), holders.FirstOrDefault(h => h is not null));
        return (partner is null ? vendor ? RelationHolder.Vendor : RelationHolder.None : vendor ? RelationHolder.Both : RelationHolder.Partner, partner);
    }

    /// <summary>The fact of the rules, for a partner that registers: the vendor beside another partner is another partner's relation.</summary>
    public static string Fact(IReadOnlyCollection<PartnerId?> holders, PartnerId me) => Of(holders) switch
    {
        (RelationHolder.None, _) => "none",
        (RelationHolder.Vendor, _) => "vendor",
        (_, { } partner) when partner != me => "other_partner",
        (RelationHolder.Both, _) => "shared",
        _ => "this_partner",
    };

    /// <summary>Who is to hold it after a change, by partner; null stands for the vendor.</summary>
    public static IReadOnlyList<PartnerId?> Wanted(RelationHolder holder, PartnerId? partner) => holder switch
    {
        RelationHolder.None => [],
        RelationHolder.Vendor => [null],
        RelationHolder.Partner => [partner],
        _ => [null, partner],
    };
}
