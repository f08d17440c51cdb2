using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Passing;

internal enum LeadState
{
    New,

    /// <summary>A person of the vendor decides whether it goes out.</summary>
    InReview,

    /// <summary>The partner is asked; the clock runs.</summary>
    Offered,

    /// <summary>A partner has handed it to the vendor, and a person decides.</summary>
    Submitted,
    Accepted,
    Declined,
    TimedOut,
    Returned,
    Withdrawn,
    Rejected,
    Converted,

    /// <summary>Its protection is over and nothing came of it.</summary>
    Expired,

    /// <summary>The vendor has taken an accepted lead back.</summary>
    Revoked,
}

internal enum LeadTrigger
{
    Offer,
    Hold,
    Submit,
    Accept,
    Decline,

    /// <summary>The time for the answer is over.</summary>
    TimeOut,
    Return,
    Withdraw,
    Reject,
    Convert,

    /// <summary>The registration that was made from it did not last.</summary>
    Reopen,

    /// <summary>The protection is over.</summary>
    Expire,
    Revoke,

    /// <summary>The promised time of a decision is over: who decides is told again, once.</summary>
    Remind,
}

/// <summary>A lead from the offer to the registration that is made from it, in both directions.</summary>
internal static class LeadLifecycle
{
    public static readonly Machine<LeadState, LeadTrigger> Machine = new("leads",
        (LeadState.New, LeadTrigger.Offer, LeadState.Offered),
        (LeadState.New, LeadTrigger.Hold, LeadState.InReview),
        (LeadState.New, LeadTrigger.Submit, LeadState.Submitted),
        (LeadState.InReview, LeadTrigger.Offer, LeadState.Offered),
        (LeadState.InReview, LeadTrigger.Reject, LeadState.Rejected),
        (LeadState.Offered, LeadTrigger.Accept, LeadState.Accepted),
        (LeadState.Offered, LeadTrigger.Decline, LeadState.Declined),
        (LeadState.Offered, LeadTrigger.TimeOut, LeadState.TimedOut),
        (LeadState.Offered, LeadTrigger.Withdraw, LeadState.Withdrawn),
        (LeadState.Submitted, LeadTrigger.Accept, LeadState.Accepted),
        (LeadState.Submitted, LeadTrigger.Reject, LeadState.Rejected),
        (LeadState.Accepted, LeadTrigger.Return, LeadState.Returned),
        (LeadState.Accepted, LeadTrigger.Convert, LeadState.Converted),
        (LeadState.Accepted, LeadTrigger.Expire, LeadState.Expired),
        (LeadState.Accepted, LeadTrigger.Revoke, LeadState.Revoked),
        (LeadState.Converted, LeadTrigger.Reopen, LeadState.Accepted),
        (LeadState.InReview, LeadTrigger.Remind, LeadState.InReview),
        (LeadState.Submitted, LeadTrigger.Remind, LeadState.Submitted));

    /// <summary>States in which somebody still has to do something.</summary>
    public static readonly LeadState[] Open = [LeadState.InReview, LeadState.Offered, LeadState.Submitted, LeadState.Accepted];

    /// <summary>What the receiving partner has on its table.</summary>
    public static readonly LeadState[] OnTable = [LeadState.Offered, LeadState.Accepted];

    /// <summary>After these the next partner can be asked.</summary>
    public static readonly LeadState[] Free = [LeadState.Declined, LeadState.TimedOut, LeadState.Returned, LeadState.Withdrawn, LeadState.Rejected, LeadState.Expired, LeadState.Revoked];

    /// <summary>Who makes this move of a lead of this direction: the partner, or the vendor.</summary>
    public static bool IsPartners(LeadDirection direction, LeadTrigger on) => on switch
    {
        LeadTrigger.Accept or LeadTrigger.Decline or LeadTrigger.Return or LeadTrigger.Convert => direction == LeadDirection.ToPartner,
        _ => false,
    };

    public static string Label(LeadState state) => state switch
    {
        LeadState.Declined => "Declined by the partner",
        LeadState.Rejected => "Refused by the vendor",
        _ => Words.Label(state),
    };
}

internal static class LeadTables
{
    // A portal actor sees its own turn only, from the instant at which it was asked.
    public static void Map(ModelBuilder model, Db db)
    {
        var lead = model.Owned<Lead>("deals_lead", l => new { l.TenantId, l.Id });
        lead.HasIndex(l => new { l.TenantId, l.PassedAt, l.Id });
        lead.HasIndex(l => new { l.TenantId, l.State, l.PassedAt, l.Id });
        lead.HasIndex(l => new { l.TenantId, l.State, l.AnswerBy });
        lead.HasIndex(l => new { l.TenantId, l.PartnerId, l.State, l.PassedAt });
        lead.HasIndex(l => new { l.TenantId, l.PartnerId, l.PassedAt, l.Id });
        lead.HasIndex(l => new { l.TenantId, l.PartnerId, l.AnsweredAt });
        lead.HasIndex(l => new { l.TenantId, l.ChainId, l.Turn }).IsUnique();
        lead.HasIndex(l => new { l.TenantId, l.CustomerKey });
        lead.HasIndex(l => new { l.TenantId, l.CustomerDomain });
        lead.HasIndex(l => new { l.TenantId, l.AccountId });
        lead.HasIndex(l => new { l.TenantId, l.CustomerName, l.Id });
        lead.HasIndex(l => new { l.TenantId, l.DealId }, "IX_deals_lead_deal").HasFilter("deal_id IS NOT NULL");
        lead.HasIndex(l => new { l.TenantId, l.OpportunityId }, "IX_deals_lead_opportunity").HasFilter("opportunity_id IS NOT NULL");
        lead.HasIndex(l => new { l.TenantId, l.StateSince }, "IX_deals_lead_contact").HasFilter("contact_name IS NOT NULL OR contact_email IS NOT NULL");
        lead.Property(l => l.Facts).HasMaxLength(20_000);
        lead.HasQueryFilter(Db.PartnerFilter, l => db.SeesAllPartners || (l.PartnerId == db.Partner && (l.OfferedAt != null || l.Direction == LeadDirection.ToVendor)));

        var rules = model.Owned<PassingRules>("deals_passing_rules", r => new { r.TenantId, r.Id });
        rules.HasIndex(r => new { r.TenantId, r.State, r.EffectiveFrom, r.Number });
        rules.Property(r => r.Content).HasMaxLength(Rules.RulesProblems.LongestContent);
    }
}

/// <summary>How leads look: hues, words, choices.</summary>
internal static class LeadLook
{
    public static Tone Tone(LeadState state) => state switch
    {
        LeadState.Accepted or LeadState.Converted => Ui.Tone.Good,
        LeadState.Offered or LeadState.Submitted or LeadState.InReview => Ui.Tone.Info,
        LeadState.TimedOut or LeadState.Declined or LeadState.Returned or LeadState.Expired => Ui.Tone.Warning,
        LeadState.Rejected or LeadState.Revoked => Ui.Tone.Bad,
        _ => Ui.Tone.Neutral,
    };

    public static string Icon(LeadState state) => state switch
    {
        LeadState.Accepted or LeadState.Converted => "circle-check",
        LeadState.Offered or LeadState.Submitted or LeadState.InReview => "clock",
        LeadState.TimedOut or LeadState.Expired => "alert-triangle",
        LeadState.Returned or LeadState.Withdrawn => "arrow-back-up",
        _ => "circle-x",
    };

    public static string Label(LeadDirection direction) => direction == LeadDirection.ToPartner ? "From the vendor to a partner" : "From a partner to the vendor";

    public static readonly Option[] States = [.. Enum.GetValues<LeadState>().Where(s => s != LeadState.New).Select(s => new Option(Words.Of(s), LeadLifecycle.Label(s)))];

    /// <summary>Without what no partner ever sees.</summary>
    public static readonly Option[] PortalStates = [new("open", "Everything that is open"), .. States.Where(s => s.Value != Words.Of(LeadState.InReview))];

    public static readonly Option[] StaffStates = [new("open", "Everything that is open"), .. States];

    public static readonly Option[] Directions = [.. Enum.GetValues<LeadDirection>().Select(d => new Option(Words.Of(d), Label(d)))];

    public static readonly Option[] Declines = [.. Enum.GetValues<DeclineReason>().Select(r => new Option(Words.Of(r), Words.Label(r)))];

    /// <summary>How quickly somebody answered: minutes, hours or days.</summary>
    public static string Speed(int minutes) => minutes switch
    {
        < 120 => T(minutes, "{0} minute", "{0} minutes"),
        < 2880 => T(minutes / 60, "{0} hour", "{0} hours"),
        _ => T(minutes / 1440, "{0} day", "{0} days"),
    };
}
