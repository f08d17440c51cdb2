using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Workspace.Web;

/// <summary>How the workspace looks: hues, words, choices.</summary>
internal static class WorkspaceLook
{
    public static readonly Option[] Stages = Options<PursuitStage>();

    public static readonly Option[] Sides = Options<DealSide>();

    public static readonly Option[] OwnSides = [new("vendor", "Vendor"), new("partner", "Partner")];

    public static readonly Option[] BuyerRoles = Options<BuyerRole>();

    public static readonly Option[] Influences = Options<Influence>();

    public static readonly Option[] Stances = Options<Stance>();

    /// <summary>The levels, each with what it shows by the table of now.</summary>
    public static Option[] Levels(Work work)
    {
        var table = work.Db.Sights();
        return [.. Enum.GetValues<DealVisibility>().Select(l => new Option(Words.Of(l), $"{T(Sights.Label(l))}: {Retell(SightWords.Shows(table.Parts(l)))}. {Retell(SightWords.Allows(table.Parts(l)))}"))];
    }

    /// <summary>Names in a row, as a sentence takes them.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names);

    public static string Icon(DealEventKind kind) => kind switch
    {
        DealEventKind.Team => "users",
        DealEventKind.Request => "calendar-plus",
        DealEventKind.Transfer => "arrows-exchange",
        DealEventKind.Handover => "transfer-out",
        DealEventKind.Task => "checklist",
        DealEventKind.Milestone => "flag",
        DealEventKind.Sight => "eye",
        _ => "file",
    };

    public static Option[] Templates => [.. PlanTemplate.All.Select(t => new Option(t.Code, T($"{t.Name} ({t.Steps.Count} milestones)")))];

    public static Tone Tone(AgreementState state) => state switch
    {
        AgreementState.Accepted => Ui.Tone.Good,
        AgreementState.Offered => Ui.Tone.Info,
        AgreementState.Proposed or AgreementState.Countered => Ui.Tone.Warning,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Due(DateOnly? due, bool done, DateOnly today) => done ? Ui.Tone.Good : due < today ? Ui.Tone.Bad : due <= today.AddDays(3) ? Ui.Tone.Warning : Ui.Tone.Neutral;

    public static string Size(long bytes) => bytes switch { < 1000 => $"{bytes} B", < 1_000_000 => $"{bytes / 1000} KB", _ => $"{bytes / 1_000_000m:0.0} MB" };

    /// <summary>Basis points of a typed percentage, null where it is none, -1 where it makes no sense.</summary>
    public static int? BasisPoints(string? typed)
    {
        var plain = Text.OrNull(typed)?.TrimEnd('%').Trim().Replace(',', '.');
        if (plain is null) return null;
        return decimal.TryParse(plain, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? (int)Math.Round(percent * 100) : -1;
    }

    /// <summary>A typed day; <paramref name="ok"/> is false where something was typed that is no day.</summary>
    public static DateOnly? Day(string? typed, out bool ok)
    {
        ok = true;
        if (Text.OrNull(typed) is not { } text) return null;
        ok = DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day);
        return ok ? day : null;
    }

    public static Problem NoDay(string field) => Problem.Invalid(field, "This is no date. Write it like 2026-12-31.");

    /// <summary>Whether an agreement waits for this reader.</summary>
    public static bool Waits(DealWorkspace space) => space.Agreements.Any(a => a.Allowed.Any(t => t is AgreementTrigger.Accept or AgreementTrigger.Consent or AgreementTrigger.Agree or AgreementTrigger.Insist));

    /// <summary>Says what was done and shows the page again.</summary>
    public static void Done(HttpContext http, NavigationManager navigation, string text)
    {
        Flash.Say(http, text);
        navigation.NavigateTo(new Uri(navigation.Uri).AbsolutePath);
    }

    /// <summary>The verb and the record of a button <c>finish:tsk_…</c>.</summary>
    public static (string Verb, string Id) Button(string? value) => value?.Split(':', 2) is [var verb, var id] ? (verb, id) : ("", "");

    private static Option[] Options<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new Option(Words.Of(v), Words.Label(v)))];
}
