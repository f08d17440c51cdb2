using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Accounts.Web;

/// <summary>Choices, labels and tones that the pages of this module share.</summary>
internal static class AccountLook
{
    /// <summary>Whose a field is, where another system owns it.</summary>
    public static string? Owned(IReadOnlyDictionary<string, OwningSystem> owners, string field) => owners.TryGetValue(field, out var system) ? T($"Owned by the {OwningSystems.Label(system)}: change it there.") : null;

    public static readonly Option[] SectorOptions = [.. Sectors.All.Select(s => new Option(s, Sectors.Label(s)))];
    public static readonly Option[] CountryOptions = [.. CountryNames.All.Select(c => new Option(c.Code, c.Name))];
    public static readonly Option[] StageOptions = [.. Enum.GetValues<OpportunityStage>().Select(s => new Option(Words.Of(s), Words.Label(s)))];
    public static readonly Option[] KindOptions = [.. Enum.GetValues<ImportKind>().Select(k => new Option(Words.Of(k), ImportFields.Label(k)))];

    public static Tone Tone(OpportunityStage stage) => stage switch
    {
        OpportunityStage.Won => Ui.Tone.Good,
        OpportunityStage.Lost => Ui.Tone.Neutral,
        OpportunityStage.Engaging => Ui.Tone.Info,
        _ => Ui.Tone.Neutral,
    };

    public static string Label(ImportState state) => state switch
    {
        ImportState.Uploaded => "Columns to check",
        ImportState.Checking => "Dry run under way",
        ImportState.Checked => "Ready to write",
        ImportState.Applying => "Being written",
        ImportState.Stopped => "Stopped half way",
        ImportState.TakingBack => "Being taken back",
        ImportState.HalfTakenBack => "Taken back half way",
        ImportState.TakenBack => "Taken back",
        _ => "Done",
    };

    public static Tone Tone(ImportState state) => state switch
    {
        ImportState.Applied => Ui.Tone.Good,
        ImportState.Stopped or ImportState.HalfTakenBack => Ui.Tone.Warning,
        ImportState.Uploaded or ImportState.TakenBack => Ui.Tone.Neutral,
        _ => Ui.Tone.Info,
    };

    /// <summary>How many there are, exactly or “1,000+”.</summary>
    public static string Counted(int count, int most) => count > most ? $"{most.ToString("N0", CultureInfo.CurrentCulture)}+" : count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>The query of this request behind another path, without cursor and sort: what the export takes.</summary>
    public static string With(this HttpContext http, string path)
    {
        var kept = http.Request.Query.Where(q => q.Key is not ("cursor" or "sort")).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
        return path + QueryString.Create(kept).Value;
    }
}
