using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>Changes name, currency, calendar, colour and contact lines of the company.</summary>
internal sealed class ChangeSettings(Work work, SettingsShelf shelf, IEnumerable<IMoneyRows> money) : UseCase<SettingsInput, SettingsState>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSettings;

    protected override async Task<Result<SettingsState>> HandleAsync(SettingsInput input, CancellationToken ct)
    {
        var colour = Text.OrNull(input.Colour);
        var language = Text.OrNull(input.Language);
        var (_, wrong) = Holiday.Read(input.Holidays);
        var days = (input.WorkDays ?? []).Select(SettingsInput.Day).ToList();
        var check = new Check()
            .Text(input.Name, "name", "The name", 100)
            .Currency(input.Currency)
            .That(input.TimeZone is { Length: <= 60 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "timeZone", "Choose a time zone of the list.")
            .That(language is null || Languages.All.Any(l => l.Code == language), "language", "Choose a language of the list, or none.")
            .That(input.FiscalMonth is >= 1 and <= 12, "fiscalMonth", "The fiscal year begins in one of the twelve months.")
            .That(SettingsInput.Day(input.WeekStart) is not null, "weekStart", "Choose the day on which your week begins.")
            .That(days.Count > 0 && days.All(d => d is not null), "workDays", "Choose at least one day on which you work.")
            .Text(input.Holidays, "holidays", "The holidays", 4000, required: false)
            .That(wrong.Count == 0, "holidays", $"“{wrong.FirstOrDefault()}” is no day. Write 2026-04-03 Good Friday, or 12-25 Christmas Day for each year.")
            .That(colour is null || Colour.Parse(colour) is not null, "colour", "A colour has six digits, such as #0b6b5b.")
            .Text(input.Imprint, "imprint", "The imprint", 2000, required: false)
            .Text(input.PrivacyPage, "privacyPage", "The address", 500, required: false)
            .That(IsPage(input.PrivacyPage), "privacyPage", "Write the whole address of the page: https://example.com/privacy.");
        if (check.Problem is { } problem) return problem;

        var tenant = await Db.Set<Tenant>().SingleAsync(ct);
        if (input.Version is { } seen && seen != tenant.Version) return Problem.Stale();
        if (tenant.Currency != input.Currency && await SettingsState.HasMoneyAsync(money, ct))
            return Problem.Invalid("currency", $"Amounts have been entered in {tenant.Currency}, and figures are reported in it: the main currency stays. Records may be in any currency.");
        (tenant.Name, tenant.Currency, tenant.TimeZone) = (input.Name!.Trim(), input.Currency!, input.TimeZone!);
        tenant.Language = language;
        (tenant.FiscalMonth, tenant.WeekStart) = (input.FiscalMonth, SettingsInput.Day(input.WeekStart)!.Value);
        tenant.WorkDays = days.Aggregate(0, (mask, day) => mask | (1 << (int)day!.Value));
        tenant.Holidays = Text.OrNull(input.Holidays)?.ReplaceLineEndings("\n");
        tenant.Colour = colour is null ? null : Colour.Parse(colour).ToString();
        (tenant.Imprint, tenant.PrivacyPage) = (Text.OrNull(input.Imprint)?.ReplaceLineEndings("\n"), Text.OrNull(input.PrivacyPage));
        await Work.SaveAsync(ct);
        Work.Afterwards(() => shelf.Forget(Work.Tenant));
        return await SettingsState.ReadAsync(Work, money, ct);
    }

    private static bool IsPage(string? address) => Text.OrNull(address) is not { } text || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0);
}
