using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Who decides what the rules hold for a role: that role, or one above it. Pure.</summary>
internal static class ReviewRoles
{
    /// <summary>The roles that a table may name, from the first to the highest.</summary>
    public static readonly string[] Upwards = [Roles.PartnerManager, Roles.ChannelOperations, Roles.Executive];

    /// <summary>They decide what a partner manager decides.</summary>
    private static readonly string[] BesideManagers = [Roles.DealDesk, Roles.AllianceManager];

    private const int Nobody = -1;

    /// <summary>The role above; null above the highest.</summary>
    public static string? Above(string role) => Array.IndexOf(Upwards, role) is var at and >= 0 && at + 1 < Upwards.Length ? Upwards[at + 1] : null;

    /// <summary>The higher of two roles; none counts as the first.</summary>
    public static string Higher(string? one, string? other) => Upwards[Math.Max(Needed(one), Needed(other))];

    /// <summary>Whether somebody with these roles decides what is held for this one. The administrator may do everything; a role that the company has made itself decides as a partner manager does.</summary>
    public static bool MayDecide(IEnumerable<string> roles, string? reviewer) => Rank(roles) >= Needed(reviewer);

    public static bool MayDecide(Actor actor, string? reviewer) => actor.Kind == ActorKind.System || MayDecide(actor.RoleCodes, reviewer);

    /// <summary>Who may not decide is told who does.</summary>
    public static Problem? Refusal(Actor actor, string? reviewer) => MayDecide(actor, reviewer) ? null : OthersDecide(reviewer);

    /// <summary>The role whose part of the queue somebody comes for: executives for theirs; null for everything.</summary>
    public static string? Own(Actor actor) => Rank(actor.RoleCodes) == Needed(Roles.Executive) && !actor.RoleCodes.Any(c => Rank(c) < Needed(Roles.Executive) && Rank(c) != Nobody) ? Roles.Executive : null;

    /// <summary>Giving it up to a higher role is open to whoever decides at all; taking it down is open to the role that has it, or one above.</summary>
    public static bool MayHand(Actor actor, string? from, string to) => MayDecide(actor, from) || Needed(to) > Needed(from);

    public static Problem OthersDecide(string? reviewer)
    {
        var role = Upwards[Needed(reviewer)];
        return new Problem(ProblemKind.Denied, "deals.others_decide", $"The rules of engagement name who decides this: {Roles.Label(role).ToLowerInvariant()}, or somebody above.")
        { Facts = new Dictionary<string, object?> { ["reviewer"] = role } };
    }

    private static int Needed(string? reviewer) => Math.Max(0, Array.IndexOf(Upwards, reviewer));

    private static int Rank(IEnumerable<string> roles) => roles.Select(Rank).DefaultIfEmpty(Nobody).Max();

    // A copy's code begins with that of the role it was made from.
    private static int Rank(string code) => Array.FindAll(Roles.Defaults, d => code.StartsWith(d.Code, StringComparison.Ordinal)).MaxBy(d => d.Code.Length)?.Code switch
    {
        null => 0,
        Roles.Administrator => Upwards.Length,
        var role => BesideManagers.Contains(role) ? 0 : Array.IndexOf(Upwards, role),
    };
}
