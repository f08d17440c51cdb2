using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Until when a registration or a request is decided: the shorter of what the company promises to all and what the partner's segments promise.</summary>
internal static class DecideBy
{
    public static async Task<DateTime> OfAsync(Work work, PartnerId partner, int companyDays, CancellationToken ct) =>
        Of(work.Settings.Calendar, work.Now, companyDays, (await AnswerTimes.OfAsync(work, partner, ct)).DecideHours);

    public static DateTime Of(WorkCalendar calendar, DateTime from, int companyDays, int? segmentHours)
    {
        var company = calendar.Add(from, companyDays);
        return segmentHours is { } hours && calendar.Plus(from, TimeSpan.FromHours(hours)) is var own && own < company ? own : company;
    }
}

/// <summary>What the rules of engagement promise to all.</summary>
internal sealed class CompanyPromise(Work work) : ICompanyPromise
{
    public async Task<int> DecideHoursAsync(CancellationToken ct) => 24 * RuleSetText.FromJson((await RuleBook.CurrentAsync(work, ct)).Content).DecideWithin;
}
