using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>The refusals of this module.</summary>
internal static class AccountsProblems
{
    public static Problem AlreadyThere(AccountId account, string name) =>
        new(ProblemKind.Conflict, "accounts.exists", $"{name} is already among the accounts.")
        { Facts = new Dictionary<string, object?> { ["account"] = account.ToString(), ["name"] = name } };

    /// <summary>Said before an account is made, with everything by which a person can tell.</summary>
    public static Problem Similar(IReadOnlyList<CustomerMatch> similar)
    {
        var first = similar.FirstOrDefault();
        return new(ProblemKind.Conflict, "accounts.similar", $"“{first?.Name}” is probably the same company. Open it, or say that this is another company.")
        {
            Facts = new Dictionary<string, object?>
            {
                ["account"] = first?.Account.ToString(),
                ["name"] = first?.Name,
                ["score"] = first?.Score,
                ["reasons"] = first?.Reasons,
                ["candidates"] = similar,
            },
        };
    }

    public static Problem Missing() => Problem.Missing("account");

    public static Problem Circle(string account, string parent) =>
        new(ProblemKind.Conflict, "accounts.circle", $"{parent} belongs to {account} itself, so it cannot own it.");

    public static Problem MissingContact() => Problem.Missing("contact");

    public static Problem KnownContact(string name) => new(ProblemKind.Conflict, "accounts.contact_exists", $"{name} at this account already has this mail address.");

    public static Problem MissingOpportunity() => Problem.Missing("opportunity");

    public static Problem MissingImport() => Problem.Missing("import");
}
