using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Deals.Rules;

internal static class RulesServices
{
    public static void AddRules(this IServiceCollection services)
    {
        services.AddScoped<PublishRules>();
        services.AddScoped<CompensationRemarks>();
        services.AddScoped<PublishUnsimulated>();
        services.AddScoped<WithdrawRules>();
        services.AddScoped<BeginDraft>();
        services.AddScoped<EditDraft>();
        services.AddScoped<DiscardDraft>();
        services.AddScoped<PublishDraft>();
        services.AddScoped<StartRun>();
    }
}
