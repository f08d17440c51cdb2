using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Kernel;

/// <summary>What the company has said of roles within a partner and amounts; the module of deals keeps it.</summary>
public interface IAmountLimits
{
    /// <summary>Whether somebody of a partner with these roles, by their codes, reads amounts of its deals.</summary>
    bool Read(TenantId tenant, IReadOnlyCollection<string> roles);
}

/// <summary>
/// The one answer to whether somebody of a partner reads amounts of its deals, and so of what follows from them: receipts, earnings, figures. Pages, API, files, search, news and query filters of every
/// module ask here. The vendor's people read them; what a partner shows the direct team is asked of each deal.
/// </summary>
public static partial class AmountSight
{
    /// <summary>What is said where an amount is kept from its reader.</summary>
    public const string Title = "Not shown to your role";

    public const string Why = "Your role does not show amounts of deals. Your company’s administrator sees them and can tell you.";

    /// <summary>Whether who asks reads amounts; query filters name it.</summary>
    public static bool ReadsAmounts(this Db db) => db.SeesAllPartners || db.GetService<IAmountLimits>().Read(db.Tenant, db.Actor.RoleCodes);

    public static Problem Refused() => new(ProblemKind.Denied, "amounts_hidden", Why);

    /// <summary>Closes routes that tell nothing but amounts to whoever does not read them.</summary>
    public static TBuilder ForAmounts<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.AddEndpointFilter<TBuilder, Filter>();

    /// <summary>The words, or none where an amount may stand in them: one of these, a number beside a currency, or one of four digits that is no year.</summary>
    public static string? WithoutAmount(string? words, params ReadOnlySpan<decimal?> amounts)
    {
        if (words is null || BesideCurrency().IsMatch(words)) return null;
        foreach (Match number in Number().Matches(words))
        {
            var digits = string.Concat(number.Value.Where(char.IsAsciiDigit));
            if (digits.Length > 4 || (digits.Length == 4 && (number.Value.Length > 4 || digits[..2] is not ("19" or "20")))) return null;
            foreach (var amount in amounts)
                if (amount is { } one and not 0 && digits == decimal.Truncate(one).ToString(CultureInfo.InvariantCulture)) return null;
        }

        return words;
    }

    [GeneratedRegex(@"\d(?:[\d.,'’\u00a0\u202f]*\d)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[A-Z]{3}[\s\u00a0\u202f]?\d|\d[\s\u00a0\u202f]?[A-Z]{3}\b|[€$£¥]", RegexOptions.CultureInvariant)]
    private static partial Regex BesideCurrency();

    private sealed class Filter : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
            context.HttpContext.RequestServices.GetRequiredService<Db>().ReadsAmounts() ? await next(context) : Refused().ToResult();
    }
}
