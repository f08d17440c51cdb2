using Trellis.Kernel;

namespace Trellis.Partners.Joint;

internal readonly record struct JointValueId(Guid Value) : ITypedId<JointValueId>
{
    public static string Prefix => "pjv";
    public static JointValueId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out JointValueId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum JointState
{
    /// <summary>At least one of the two has not answered.</summary>
    Proposed,

    /// <summary>Both have said yes: it is credited to both.</summary>
    Agreed,
    Declined,
}

/// <summary>Value that two partners have made together without the vendor, with the split on which both agree.</summary>
internal sealed class JointValue : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public JointValueId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public PartnerId WithId { get; init; }
    public required string Title { get; init; }
    public string? Text { get; init; }
    public DateOnly On { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }

    /// <summary>What the first partner is credited with, in per cent; the rest is the second one's.</summary>
    public int Percent { get; init; }

    public JointState State { get; set; }

    /// <summary>Who of the first partner said yes or no.</summary>
    public string? FirstBy { get; set; }
    public bool? FirstSaid { get; set; }
    public string? SecondBy { get; set; }
    public bool? SecondSaid { get; set; }
    public required string By { get; init; }
    public DateTime At { get; init; }
    public long Version { get; set; }

    /// <summary>The two were merged into one partner since: it has the whole, and one answer is enough.</summary>
    public bool IsOne => PartnerId == WithId;

    /// <summary>Whether this partner has not answered yet.</summary>
    public bool AwaitsAnswerOf(PartnerId partner) => State == JointState.Proposed && ((partner == PartnerId && FirstSaid is null) || (partner == WithId && SecondSaid is null));

    /// <summary>Whether this partner, the first, can take its yes back: the other one has not answered.</summary>
    public bool CanWithdraw(PartnerId partner) => State == JointState.Proposed && partner == PartnerId && FirstSaid is true;

    /// <summary>Takes an answer: with two yeses it is agreed, with one no declined.</summary>
    public void Answer(PartnerId partner, bool accept, string by)
    {
        if (partner == PartnerId) (FirstSaid, FirstBy) = (accept, by);
        if (partner == WithId) (SecondSaid, SecondBy) = (accept, by);
        State = !accept ? JointState.Declined : FirstSaid is true && SecondSaid is true ? JointState.Agreed : JointState.Proposed;
    }

    /// <summary>The share of one of the two: rounding goes to the second.</summary>
    public long ShareOf(PartnerId partner) => IsOne ? Amount : partner == PartnerId ? First(Amount, Percent) : Amount - First(Amount, Percent);

    public static long First(long amount, int percent) => (long)Math.Floor((decimal)amount * percent / 100m);
}
