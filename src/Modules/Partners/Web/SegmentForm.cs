using System.Globalization;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Web;

/// <summary>A segment as it is typed.</summary>
internal sealed class SegmentForm
{
    public string? Name { get; set; }
    public string? Purpose { get; set; }
    public string? Support { get; set; }
    public string? DecideHours { get; set; }
    public string? AnswerHours { get; set; }
    public string[]? Types { get; set; }
    public string[]? Motions { get; set; }
    public string[]? MotionStates { get; set; }
    public string[]? MotionTiers { get; set; }
    public string[]? Tiers { get; set; }
    public string[]? States { get; set; }
    public string[]? Regions { get; set; }
    public string[]? Revenues { get; set; }
    public string? Countries { get; set; }
    public string? Competencies { get; set; }
    public string? Verticals { get; set; }
    public string? Languages { get; set; }
    public string? Technologies { get; set; }
    public string? Territories { get; set; }
    public string? Tags { get; set; }
    public string? EmployeesFrom { get; set; }
    public string? EmployeesTo { get; set; }
    public string? FollowersFrom { get; set; }
    public string? FollowersTo { get; set; }
    public string? MonthsFrom { get; set; }
    public string? MonthsTo { get; set; }
    public string? Manager { get; set; }
    public bool HasCapacity { get; set; }
    public string? RegistrationsFrom { get; set; }
    public string? RegistrationsTo { get; set; }
    public string? WonFrom { get; set; }
    public string? WonTo { get; set; }
    public string? WinRateFrom { get; set; }
    public string? WinRateTo { get; set; }
    public string? ActiveDays { get; set; }
    public string? QuietDays { get; set; }
    public string? CertificationsFrom { get; set; }
    public string? Certifications { get; set; }

    public static SegmentForm Of(string? name, string? purpose, string? support, Conditions c, string currency) => new()
    {
        Name = name,
        Purpose = purpose,
        Support = support,
        Types = Of(c.Types),
        Motions = Of(c.Motions),
        MotionStates = Of(c.MotionStates),
        MotionTiers = Of(c.MotionTiers),
        Tiers = Of(c.Tiers),
        States = Of(c.States),
        Regions = [.. c.Regions],
        Revenues = Of(c.Revenues),
        Countries = string.Join(", ", c.Countries.Select(Published.Countries.Name)),
        Competencies = string.Join(", ", c.Competencies),
        Verticals = string.Join(", ", c.Verticals),
        Languages = string.Join(", ", c.Languages),
        Technologies = string.Join(", ", c.Technologies),
        Territories = string.Join(", ", c.Territories),
        Tags = string.Join(", ", c.Tags),
        EmployeesFrom = Of(c.EmployeesFrom),
        EmployeesTo = Of(c.EmployeesTo),
        FollowersFrom = Of(c.FollowersFrom),
        FollowersTo = Of(c.FollowersTo),
        MonthsFrom = Of(c.MonthsFrom),
        MonthsTo = Of(c.MonthsTo),
        Manager = c.Unmanaged ? "none" : c.Managers.Count > 0 ? c.Managers[0].ToString() : null,
        HasCapacity = c.HasCapacity,
        RegistrationsFrom = Of(c.Achieved.RegistrationsFrom),
        RegistrationsTo = Of(c.Achieved.RegistrationsTo),
        WonFrom = Of(c.Achieved.WonFrom, currency),
        WonTo = Of(c.Achieved.WonTo, currency),
        WinRateFrom = Of(c.Achieved.WinRateFrom),
        WinRateTo = Of(c.Achieved.WinRateTo),
        ActiveDays = Of(c.Achieved.ActiveDays),
        QuietDays = Of(c.Achieved.QuietDays),
        CertificationsFrom = Of(c.Achieved.CertificationsFrom),
        Certifications = string.Join(", ", c.Achieved.Certifications),
    };

    /// <summary>What is asked; a country that is not known becomes a word that no partner has, so that it shows as an empty preview.</summary>
    public Conditions Conditions(string currency) => new()
    {
        Types = Read<PartnerType>(Types),
        Motions = Read<Motion>(Motions),
        MotionStates = Read<MotionState>(MotionStates),
        MotionTiers = Read<Tier>(MotionTiers),
        Tiers = Read<Tier>(Tiers),
        States = Read<PartnerState>(States),
        Regions = [.. Regions ?? []],
        Revenues = Read<RevenueBand>(Revenues),
        Countries = [.. Items(Countries).Select(CountryOf)],
        Competencies = Items(Competencies),
        Verticals = Items(Verticals),
        Languages = Items(Languages),
        Technologies = Items(Technologies),
        Territories = Items(Territories),
        Tags = Items(Tags),
        EmployeesFrom = Number(EmployeesFrom),
        EmployeesTo = Number(EmployeesTo),
        FollowersFrom = Number(FollowersFrom),
        FollowersTo = Number(FollowersTo),
        MonthsFrom = Number(MonthsFrom),
        MonthsTo = Number(MonthsTo),
        Unmanaged = Manager == "none",
        Managers = Ids.Parse<PersonId>(Manager) is { } manager ? [manager] : [],
        HasCapacity = HasCapacity,
        Achieved = new()
        {
            RegistrationsFrom = Number(RegistrationsFrom),
            RegistrationsTo = Number(RegistrationsTo),
            WonFrom = Amount(WonFrom, currency),
            WonTo = Amount(WonTo, currency),
            WinRateFrom = Number(WinRateFrom),
            WinRateTo = Number(WinRateTo),
            ActiveDays = Number(ActiveDays),
            QuietDays = Number(QuietDays),
            CertificationsFrom = Number(CertificationsFrom),
            Certifications = Items(Certifications),
        },
    };

    public SegmentInput Input(string currency) => new(Name, Purpose, Support, Conditions(currency)) { DecideHours = Number(DecideHours), AnswerHours = Number(AnswerHours) };

    private static string[] Of<T>(IReadOnlyList<T> values) where T : struct, Enum => [.. values.Select(Words.Of)];

    private static string? Of(long? minor, string currency) => minor is { } known ? new Money(known, currency).Major.ToString(CultureInfo.InvariantCulture) : null;

    private static long? Amount(string? typed, string currency) => string.IsNullOrWhiteSpace(typed) ? null : Money.Parse(typed, currency)?.Minor ?? -1;

    private static string? Of(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static T[] Read<T>(string[]? values) where T : struct, Enum => [.. (values ?? []).Select(Words.Parse<T>).OfType<T>()];

    private static string[] Items(string? typed) => TextList.Items(TextList.Read(typed));

    private static string CountryOf(string typed)
    {
        var folded = Text.Fold(typed);
        return Published.Countries.All.FirstOrDefault(c => Text.Fold(c.Name) == folded || Text.Fold(c.Code) == folded)?.Code ?? typed;
    }

    private static int? Number(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
