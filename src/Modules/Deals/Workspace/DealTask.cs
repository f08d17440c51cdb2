using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Names a task on a deal.</summary>
internal readonly record struct DealTaskId(Guid Value) : ITypedId<DealTaskId>
{
    public static string Prefix => "tsk";
    public static DealTaskId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DealTaskId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Whose hands something is in.</summary>
internal enum DealSide
{
    Vendor,
    Partner,
    Customer,
}

/// <summary>Something that one side has promised to do by a day.</summary>
internal sealed class DealTask : ITenantOwned, IVersioned, IWatched, IRemovable
{
    public TenantId TenantId { get; init; }
    public DealTaskId Id { get; init; }
    public DealId DealId { get; init; }

    /// <summary>Internal tasks are the vendor's own.</summary>
    public CommentAudience Audience { get; init; }

    public string Title { get; set; } = "";

    /// <summary>The owner's partner; null for the vendor.</summary>
    public PartnerId? OwnerPartner { get; set; }

    /// <summary>The owner; null while only the company is named.</summary>
    public PersonId? OwnerPerson { get; set; }

    public string OwnerName { get; set; } = "";

    /// <summary>When it fell to the company, because who had it by name may not act there any more.</summary>
    public DateTime? FreedAt { get; set; }

    /// <summary>Who that was.</summary>
    public string? HeldByName { get; set; }
    public DateOnly? DueOn { get; set; }
    public DateTime? DoneAt { get; set; }
    public string? DoneByName { get; set; }

    /// <summary>The partner whose person that is; null for the vendor.</summary>
    public PartnerId? DoneByPartner { get; set; }
    public DateTime CreatedAt { get; init; }
    public PersonId CreatedBy { get; init; }
    public string CreatedByName { get; init; } = "";
    public PartnerId? CreatedByPartner { get; init; }

    /// <summary>When its owner was reminded that it is due.</summary>
    public DateTime? RemindedAt { get; set; }

    public DateTime? RemovedAt { get; set; }
    public string? RemovedByName { get; set; }
    public PartnerId? RemovedByPartner { get; set; }
    public string SearchText { get; set; } = "";
    public long Version { get; set; }

    public string Watched => DealId.ToString();
}
