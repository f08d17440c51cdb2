using Trellis.Kernel;

namespace Trellis.Partners.Agreements;

/// <summary>Names an agreement with a partner.</summary>
internal readonly record struct PartnerAgreementId(Guid Value) : ITypedId<PartnerAgreementId>
{
    public static string Prefix => "pagr";
    public static PartnerAgreementId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PartnerAgreementId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What an agreement is about.</summary>
internal enum AgreementKind
{
    Partnership,
    Resale,
    Distribution,
    Referral,
    NonDisclosure,
    DataProcessing,
    Pricing,
    Other,
}

/// <summary>Where an agreement stands on a day. It follows from its dates alone.</summary>
internal enum AgreementState
{
    Draft,
    Active,
    Expiring,
    Expired,
    Ended,
}

/// <summary>An agreement with a partner, as it was signed. Its status is not kept but read from its dates.</summary>
internal sealed class PartnerAgreement : ITenantOwned, IVersioned
{
    /// <summary>What never ends sorts behind everything that does.</summary>
    public static readonly DateOnly Never = new(9999, 12, 31);

    public TenantId TenantId { get; init; }
    public PartnerAgreementId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public AgreementKind Kind { get; set; }
    public required string Number { get; set; }

    /// <summary>Kind and number, to be found by; empty where it was written before agreements were searched.</summary>
    public string SearchText { get; set; } = "";

    /// <summary>Brings the search text in line with kind and number.</summary>
    public void Index() => SearchText = Text.Fold(Number, Words.Label(Kind));

    /// <summary>Null while it is a draft.</summary>
    public DateOnly? SignedOn { get; set; }
    public DateOnly ValidFrom { get; set; }

    /// <summary>The last day; null without end.</summary>
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>Renews by itself for this many months, unless somebody gives notice; 0 for never.</summary>
    public int RenewalMonths { get; set; }
    public int NoticeDays { get; set; }

    /// <summary>The file of the partner that holds it, or null.</summary>
    public FileId? FileId { get; set; }

    /// <summary>For the vendor's people only.</summary>
    public string? Note { get; set; }

    /// <summary>The day on which it ended early, and why.</summary>
    public DateOnly? EndedOn { get; private set; }
    public string? EndReason { get; private set; }

    /// <summary>The last day in any case: what lists are sorted by.</summary>
    public DateOnly Ends { get; private set; }

    /// <summary>How many days ahead somebody was last told that it runs out.</summary>
    public int? WarnedDays { get; set; }
    public required string By { get; set; }
    public DateTime At { get; set; }
    public long Version { get; set; }

    public AgreementState StateOn(DateOnly today) => AgreementStates.Of(SignedOn, ValidFrom, ValidUntil, EndedOn, today);

    /// <summary>The last day on which notice can be given; null where none is needed.</summary>
    public DateOnly? NoticeUntil => RenewalMonths > 0 && ValidUntil is { } last ? last.AddDays(-NoticeDays) : null;

    /// <summary>Sets the last day; whoever was warned of another one is warned again.</summary>
    public void Until(DateOnly? last)
    {
        if (last != ValidUntil) WarnedDays = null;
        ValidUntil = last;
        Ends = EndedOn ?? last ?? Never;
    }

    public void End(DateOnly on, string reason)
    {
        (EndedOn, EndReason) = (on, reason);
        Ends = on;
    }

    /// <summary>The last day after it has renewed by itself as often as it had to; the same where it has not run out.</summary>
    public DateOnly? RenewedUntil(DateOnly today)
    {
        if (RenewalMonths <= 0 || SignedOn is null || EndedOn is not null || ValidUntil is not { } last) return ValidUntil;
        // From first day to first day, so that the last day of a month stays one.
        while (last < today) last = last.AddDays(1).AddMonths(RenewalMonths).AddDays(-1);
        return last;
    }
}

/// <summary>The statuses of an agreement as one table: the first row that holds.</summary>
internal static class AgreementStates
{
    /// <summary>So many days before its end somebody should act.</summary>
    public const int Soon = 90;

    /// <summary>Days ahead at which the manager is told, the earliest first.</summary>
    public static readonly int[] Warnings = [90, 60, 30];

    public static readonly (AgreementState State, string Means, Func<DateOnly?, DateOnly, DateOnly?, DateOnly?, DateOnly, bool> Holds)[] Table =
    [
        (AgreementState.Ended, "Ended early, or by notice.", (_, _, _, ended, today) => ended <= today),
        (AgreementState.Draft, "Not signed yet, or its first day has not come.", (signed, from, _, _, today) => signed is null || from > today),
        (AgreementState.Expired, "Its last day is over.", (_, _, until, _, today) => until < today),
        (AgreementState.Expiring, "Its last day comes within 90 days.", (_, _, until, ended, today) => (ended ?? until) <= today.AddDays(Soon)),
        (AgreementState.Active, "In force.", (_, _, _, _, _) => true),
    ];

    public static AgreementState Of(DateOnly? signed, DateOnly from, DateOnly? until, DateOnly? ended, DateOnly today) => Table.First(r => r.Holds(signed, from, until, ended, today)).State;

    /// <summary>The same table as a question to the database.</summary>
    public static IQueryable<PartnerAgreement> With(this IQueryable<PartnerAgreement> rows, AgreementState state, DateOnly today)
    {
        var soon = today.AddDays(Soon);
        if (state == AgreementState.Ended) return rows.Where(a => a.EndedOn <= today);
        rows = rows.Where(a => a.EndedOn == null || a.EndedOn > today);
        if (state == AgreementState.Draft) return rows.Where(a => a.SignedOn == null || a.ValidFrom > today);
        rows = rows.Where(a => a.SignedOn != null && a.ValidFrom <= today);
        return state switch
        {
            AgreementState.Expired => rows.Where(a => a.ValidUntil < today),
            AgreementState.Expiring => rows.Where(a => a.Ends >= today && a.Ends <= soon && (a.ValidUntil == null || a.ValidUntil >= today)),
            _ => rows.Where(a => a.Ends > soon && (a.ValidUntil == null || a.ValidUntil >= today)),
        };
    }

    /// <summary>The last day of what follows an agreement and lasts as long: whole months where it had whole months.</summary>
    public static DateOnly SameLength(DateOnly from, DateOnly last)
    {
        var next = last.AddDays(1);
        var months = ((next.Year - from.Year) * 12) + next.Month - from.Month;
        return months > 0 && from.AddMonths(months) == next ? next.AddMonths(months).AddDays(-1) : next.AddDays(last.DayNumber - from.DayNumber);
    }

    /// <summary>The warning that is due now: the smallest that the days left have reached and that nobody was told; null for none.</summary>
    public static int? Due(int daysLeft, int? warned) => daysLeft < 0 ? null : Warnings.Where(w => daysLeft <= w).Select(w => (int?)w).LastOrDefault() is { } due && (warned is not { } told || due < told) ? due : null;
}
