using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Web;

/// <summary>Downloads of rules, and the check of a cell while it is typed.</summary>
internal static class RulesWeb
{
    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/rules/rules.txt", (int? version, Work work, CancellationToken ct) => VersionAsync(version, work, false, ct)).Requires(DealsPermissions.ViewRules).ExcludeFromDescription();
        web.MapGet("/app/rules/rules.dmn", (int? version, Work work, CancellationToken ct) => VersionAsync(version, work, true, ct)).Requires(DealsPermissions.ViewRules).ExcludeFromDescription();
        web.MapGet("/app/rules/drafts/{id}/rules.txt", (RuleDraftId id, Work work, CancellationToken ct) => DraftAsync(id, work, false, ct)).Requires(DealsPermissions.EditRules).ExcludeFromDescription();
        web.MapGet("/app/rules/drafts/{id}/rules.dmn", (RuleDraftId id, Work work, CancellationToken ct) => DraftAsync(id, work, true, ct)).Requires(DealsPermissions.EditRules).ExcludeFromDescription();
        web.MapGet("/app/rules/runs/{id}/differences.csv", (RuleRunId id, string? effect, HttpContext http, Work work) => RunExport.WriteAsync(http, work, id, Words.Parse<Effect>(effect))).Requires(DealsPermissions.EditRules).ExcludeFromDescription();
        web.MapGet("/app/rules/check", RulesApi.CheckAsync).Requires(DealsPermissions.ViewRules).ExcludeFromDescription();
    }

    private static async Task<IResult> VersionAsync(int? version, Work work, bool dmn, CancellationToken ct)
    {
        var found = await RulesPage.FindAsync(work, version, ct);
        return found.Ok ? File(found.Value.Table, $"rules-{found.Value.Version.Number}", dmn) : found.Problem.ToResult();
    }

    private static async Task<IResult> DraftAsync(RuleDraftId id, Work work, bool dmn, CancellationToken ct)
    {
        var found = await DraftPages.FindAsync(work, id, ct);
        return found.Ok ? File(found.Value.Rules, "rules-draft", dmn) : found.Problem.ToResult();
    }

    private static IResult File(RuleSetText rules, string name, bool dmn) => dmn
        ? Results.File(Encoding.UTF8.GetBytes(Dmn.Write(rules)), "application/dmn+xml", name + ".dmn")
        : Results.File(Encoding.UTF8.GetBytes(RuleFile.Write(rules)), "text/plain; charset=utf-8", $"{name}.{RuleFile.Extension}");
}
