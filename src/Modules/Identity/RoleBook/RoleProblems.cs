using Trellis.Kernel;

namespace Trellis.Identity;

internal static class RoleProblems
{
    public static Problem Missing() => Problem.Missing("role");

    public static Problem LastAdministrator() =>
        new(ProblemKind.Conflict, "identity.last_administrator", "This is the last administrator who can sign in. Give somebody else the role first.");

    public static Problem AdministratorHoldsAll() =>
        new(ProblemKind.Conflict, "identity.administrator_holds_all", "The administrator’s role always holds everything, so that nobody can be locked out. Copy it to make a smaller one.");

    public static Problem MoreThanYouHold(string what, string field) =>
        new(ProblemKind.Invalid, "identity.more_than_you_hold", $"You cannot give “{what}”: it allows more than you may do yourself.")
        { Errors = new Dictionary<string, string[]> { [field] = [$"You cannot give “{what}”: it allows more than you may do yourself."] } };

    public static Problem AboveYou() =>
        new(ProblemKind.Conflict, "identity.above_you", "This person may do more than you. Somebody with at least the same permissions has to change it.");

    public static Problem InUse(int people) =>
        new(ProblemKind.Conflict, "identity.role_in_use", people == 1 ? "One person has this role. Give them another one first." : $"{people} people have this role. Give them another one first.")
        { Facts = new Dictionary<string, object?> { ["people"] = people } };

    public static Problem Ships() =>
        new(ProblemKind.Conflict, "identity.role_ships", "This role ships with Trellis and cannot be removed. It can be renamed, changed, and set back.");

    public static Problem LastPartnerAdmin() =>
        new(ProblemKind.Conflict, "identity.last_partner_admin", "This is the last admin of the partner. Make a colleague an admin first.");
}
