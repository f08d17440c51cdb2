using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

/// <summary>Partners that together form a solution for a customer, each with its part. A solution may itself be a part of a larger one.</summary>
internal sealed class SolutionGroup : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public SolutionGroupId Id { get; init; }
    public string Name { get; set; } = "";

    /// <summary>What a customer gets from all of them together.</summary>
    public string Offer { get; set; } = "";

    /// <summary>For which industry, where it is for one.</summary>
    public string? Vertical { get; set; }

    /// <summary>The larger solution that it is a part of.</summary>
    public SolutionGroupId? ParentId { get; set; }

    /// <summary>Whether the public directory shows it, with those of its partners that are listed there.</summary>
    public bool Public { get; set; }

    public string By { get; set; } = "";
    public DateTime At { get; set; }
    public string SearchText { get; set; } = "";
    public long Version { get; set; }

    public void Tell(string name, string offer, string? vertical, SolutionGroupId? parent, bool isPublic, string by, DateTime at)
    {
        (Name, Offer, Vertical, ParentId, Public, By, At) = (name, offer, vertical, parent, isPublic, by, at);
        SearchText = Text.Fold(name, vertical, offer);
    }
}

internal enum PartState
{
    Invited,
    Accepted,
    Declined,
    Left,
}

/// <summary>What one partner does in a solution. It counts, and others read of it, from the partner's own yes on.</summary>
internal sealed class SolutionPart : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public SolutionGroupId GroupId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>Its part: “Implements it in hospitals”.</summary>
    public string Does { get; set; } = "";

    /// <summary>Whether customers turn to it first.</summary>
    public bool Leads { get; set; }

    public PartState State { get; set; }
    public string InvitedBy { get; set; } = "";
    public DateTime InvitedAt { get; set; }
    public string? AnsweredBy { get; set; }
    public DateTime? AnsweredAt { get; set; }
    public long Version { get; set; }
}

internal static class SolutionTables
{
    // A partner finds the solutions in which it is or to which it is invited; of the other parts it reads what the page shows after its own yes.
    public static void Map(ModelBuilder model, Db db)
    {
        var group = model.Owned<SolutionGroup>("partners_solution", g => new { g.TenantId, g.Id });
        group.HasIndex(g => new { g.TenantId, g.Name }).IsUnique();
        group.HasIndex(g => new { g.TenantId, g.ParentId });
        group.HasQueryFilter(Db.PartnerFilter, g => db.SeesAllPartners
            || db.Set<SolutionPart>().Any(p => p.TenantId == g.TenantId && p.GroupId == g.Id && p.PartnerId == db.Partner && (p.State == PartState.Invited || p.State == PartState.Accepted)));
        var part = model.Owned<SolutionPart>("partners_solution_part", p => new { p.TenantId, p.GroupId, p.PartnerId });
        part.HasIndex(p => new { p.TenantId, p.PartnerId, p.State });
        part.HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners || p.PartnerId == db.Partner);
    }
}

internal static class SolutionNews
{
    public static readonly NotificationKind Invited = new("partners.solution_invited", "Company", "My company is asked to be part of a solution", null, ByMail.AtOnce);
}
