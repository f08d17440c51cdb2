using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>A registration of one's own, for the warning while typing.</summary>
internal sealed record OwnDuplicate(string Title, string State, string Href);

/// <summary>The least possible about a customer that is being typed.</summary>
internal sealed record LiveWarning(IReadOnlyList<OwnDuplicate> Own, bool ProtectedForAnother, string? Words);

/// <summary>
/// How often one person may ask about customers while typing: enough for a form, too little to go through a list of names. Counted in this node's memory.
/// </summary>
internal sealed class DuplicateBrake : IDisposable
{
    public const int PerMinute = 30;

    private readonly PartitionedRateLimiter<PersonId> _limiter = PartitionedRateLimiter.Create<PersonId, PersonId>(person => RateLimitPartition.GetTokenBucketLimiter(person, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = PerMinute, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 / PerMinute), QueueLimit = 0, AutoReplenishment = true,
    }));

    public bool Lets(PersonId person)
    {
        using var lease = _limiter.AttemptAcquire(person);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>Downloads, and the question that the form asks while somebody types.</summary>
internal static class ConflictsWeb
{
    private static readonly string[] Header = ["Conflict", "Customer", "Kind", "Status", "Since", "First side", "Second side", "Product", "Opened", "Due", "Level", "Outcome"];
    private static readonly string[] PartnerHeader = ["Conflict", "Customer", "Kind", "Status", "Since", "Product", "Due", "Level"];

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/conflicts.csv", Export).Requires(ConflictsPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/conflicts.csv", Export).Requires(ConflictsPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/deals/duplicates", DuplicatesAsync).Requires(DealsPermissions.Register).ExcludeFromDescription();
    }

    private static async Task<IResult> DuplicatesAsync(string? name, string? domain, string? country, string? city, string? tax, string? product, string? draft, Work work, DuplicateBrake brake, AskAboutCustomer ask, CancellationToken ct)
    {
        if (Text.OrNull(name) is not { Length: >= 3 } typed || new[] { name, domain, country, city, tax }.Any(t => t is not null && (t.Length > 200 || !Text.IsClean(t)))) return Results.Json(new LiveWarning([], false, null), Json.Options);
        if (!brake.Lets(work.Actor.Person)) return new Problem(ProblemKind.Busy, "busy", "Too many questions. The form itself checks again when you register.") { Facts = new Dictionary<string, object?> { ["perMinute"] = DuplicateBrake.PerMinute } }.ToResult();
        var fields = new DealFields { CustomerName = typed, CustomerDomain = domain, Country = country, CustomerCity = city, CustomerTaxNumber = tax, Product = Ids.Parse<ProductId>(product) };
        var asked = await ask.RunAsync((fields, Ids.Parse<Published.DealId>(draft)), ct);
        if (!asked.Ok) return asked.Problem.ToResult();
        var found = asked.Value;
        return Results.Json(new LiveWarning([.. found.Own.Select(o => new OwnDuplicate(o.CustomerName, DealLifecycle.Label(o.State), $"/portal/deals/{o.Id}"))], found.ProtectedForAnother,
            found.ProtectedForAnother ? Rules.DefaultRules.RivalSentence : null), Json.Options);
    }

    private static Task Export([AsParameters] ConflictQuery query, HttpContext http, Work work)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"conflicts.csv\"";
        return Csv.WriteAsync(http.Response.Body, work.Actor.IsPartner ? PartnerHeader : Header, LinesAsync(work, query, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, ConflictQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await ConflictList.FindAsync(work, query with { Cursor = cursor, Size = 200 }, ct);
            foreach (var l in page.Items)
            {
                yield return work.Actor.IsPartner
                    ? [l.Id.ToString(), l.CustomerName, ConflictWords.KindForPartner(l.Kind), Words.Label(l.State), At(l.StateSince), l.ProductName, At(l.DueAt), l.Level.ToString(CultureInfo.InvariantCulture)]
                    : [l.Id.ToString(), l.CustomerName, ConflictWords.Kind(l.Kind), Words.Label(l.State), At(l.StateSince), l.PartnerName, l.OtherName, l.ProductName, At(l.OpenedAt), At(l.DueAt),
                        ConflictClock.Label(l.Level), l.Outcome is { } outcome ? ConflictWords.Outcome(l.Kind, outcome) : null];
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string? At(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
