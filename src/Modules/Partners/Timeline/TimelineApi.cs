using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Timeline;

internal static class TimelineApi
{
    // The order decides between events of one instant: it stays.
    public static IServiceCollection AddTimeline(this IServiceCollection services) => services
        .AddScoped<PartnerTimeline>().AddScoped<IPartnerEvents, StandingEvents>().AddScoped<IPartnerEvents, NoteEvents>().AddScoped<IPartnerEvents, RecordEvents>().AddScoped<IPartnerEvents, ReachedEvents>();

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/partners/{id}/timeline", PageAsync).WithTags("Partners").WithName("ListPartnerTimeline")
        .WithSummary("What happened with a partner, newest first: notes, status, registrations, leads, payouts, mails, sign-ins and more; of one kind, or those of one touch (human, system); a partner’s token sees what its people may see").Produces<Page<PartnerEvent>>().ProducesProblem(403).ProducesProblem(404).Requires(PartnersPermissions.View);

    private static async Task<IResult> PageAsync(Work work, PartnerTimeline timeline, PartnerId id, string? kind, string? touch, string? cursor, int? size, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is var partner && partner is { Ok: false, Problem: { } problem } ? problem.ToResult()
            : Results.Json(await timeline.PageAsync(partner.Value.Id, Words.Parse<PartnerEventKind>(kind), new Paging(cursor, size ?? 50), ct, Words.Parse<PartnerTouch>(touch)), Json.Options);
}
