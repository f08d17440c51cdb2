using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Conflicts;

/// <summary>What conflicts with the CRM add to the module.</summary>
internal static class ConflictsSetup
{
    public static void AddConflicts(this IServiceCollection services) => services.AddScoped<SettleConflict>();

    public static void Map(ModelBuilder model)
    {
        var hand = model.Owned<HandValue>("accounts_hand_value", h => new { h.TenantId, h.Id });
        hand.HasIndex(h => new { h.TenantId, h.AccountId, h.Field }).IsUnique();
        hand.HasIndex(h => new { h.TenantId, h.Since, h.Id }).HasFilter("since IS NOT NULL");
        hand.Property(h => h.Ours).HasMaxLength(500);
        hand.Property(h => h.Theirs).HasMaxLength(500);
        hand.Property(h => h.Refused).HasMaxLength(500);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var conflicts = api.MapGroup("/data-quality/conflicts").WithTags("Accounts").ProducesProblem(403);
        conflicts.MapGet("/", async (Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await ConflictList.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options))
            .WithName("ListValueConflicts").WithSummary("Fields of accounts where the CRM has said something else than a person here wrote").Produces<Page<ConflictItem>>().Requires(AccountsPermissions.View);
        conflicts.MapPost("/{id}", async (SettleConflict settle, HandValueId id, Decision decision, CancellationToken ct) =>
                await settle.RunAsync(new ConflictDecision(id, decision.KeepOurs), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent())
            .WithName("SettleValueConflict").WithSummary("Write the own value back, or leave the CRM’s").Produces(204).ProducesProblem(404).Requires(AccountsPermissions.Manage);
    }

    internal sealed record Decision(bool KeepOurs);

    /// <summary>A few that differ in the demo.</summary>
    public static async Task<List<HandValue>> DemoAsync(Demo demo, IReadOnlyList<Account> accounts, CancellationToken ct)
    {
        var people = (await demo.Db.Set<PersonRow>().AsNoTracking().Where(p => p.Roles != "").Select(p => new { p.Id, p.Name }).ToListAsync(ct)).ToLookup(p => p.Name, p => (PersonId?)p.Id);
        var hands = new List<HandValue>();
        (HandField Field, Func<Account, string?> Ours, string By)[] written =
        [
            (HandField.Sector, a => a.Sector == "retail" ? "software" : "retail", "Paula Ferreira"), (HandField.Employees, a => ((a.Employees ?? 100) * 2).ToString(System.Globalization.CultureInfo.InvariantCulture), "Omar Haddad"),
            (HandField.Name, a => $"{a.Name} Holding", "Paula Ferreira"), (HandField.Country, a => a.Country == "AT" ? "CH" : "AT", "Omar Haddad"),
        ];
        var known = accounts.Where(a => a is { Sector: not null, Employees: not null, Country: not null, ExternalId: not null }).Skip(40).Take(200).ToList();
        for (var i = 0; i < written.Length && i * 7 < known.Count; i++)
        {
            var (account, at) = (known[i * 7], demo.Now.AddDays(-30 + (i * 4)));
            var hand = new HandValue { TenantId = demo.Tenant, Id = demo.NewId<HandValueId>(at), AccountId = account.Id, Field = written[i].Field }.Write(written[i].Ours(account), people[written[i].By].FirstOrDefault(), written[i].By, at);
            hand.Meet(hand.Ours, HandFields.Of(account, written[i].Field), "accounts-of-the-crm.csv", at.AddDays(2));
            hands.Add(hand);
        }

        return hands;
    }
}
