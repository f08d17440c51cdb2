using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Identity.Reading;

/// <summary>How far a language is.</summary>
/// <param name="Code">Its two letters.</param>
/// <param name="Name">What its speakers call it.</param>
/// <param name="Known">How many texts it has.</param>
/// <param name="All">How many there are, as far as this program knows: what any language has, and what was asked for since the start.</param>
/// <param name="Missing">The texts that it lacks.</param>
internal sealed record LanguageState(string Code, string Name, int Known, int All, IReadOnlyList<string> Missing)
{
    public decimal Percent => All == 0 ? 100 : decimal.Floor(1000m * Known / All) / 10;
}

/// <summary>Which texts each language has and which it lacks.</summary>
internal static class Completeness
{
    public static IReadOnlyList<LanguageState> All()
    {
        var translated = Languages.All.Where(l => l.Code != Languages.Pseudo && l.Catalogue is not null).ToList();
        var texts = translated.SelectMany(l => l.Catalogue!.Keys.Concat(l.Catalogue.Missed)).ToHashSet(StringComparer.Ordinal);
        return [.. translated.Select(l => Of(l, texts))];
    }

    private static LanguageState Of(Language language, HashSet<string> texts)
    {
        var own = language.Catalogue!.Keys.ToHashSet(StringComparer.Ordinal);
        return new LanguageState(language.Code, language.Name, own.Count, texts.Count, [.. texts.Except(own).Order(StringComparer.Ordinal)]);
    }

    public static void Map(IEndpointRouteBuilder web) =>
        web.MapGet("/app/settings/languages/{code}/missing.json", Missing).Requires(IdentityPermissions.ViewLanguages).ExcludeFromDescription();

    // A catalogue to be filled in: English on the left, nothing yet on the right.
    private static IResult Missing(string code, HttpContext http)
    {
        if (All().FirstOrDefault(l => l.Code == code) is not { } language) return Problem.Missing("language").ToResult();
        http.Response.Headers.ContentDisposition = $"attachment; filename=missing-{language.Code}.json";
        return Results.Json(language.Missing.ToDictionary(t => t, _ => ""), new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
