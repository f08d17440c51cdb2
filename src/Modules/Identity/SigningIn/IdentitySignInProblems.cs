using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Why somebody is not let in.</summary>
internal static class IdentitySignInProblems
{
    public static Problem Refused() => Problem.Invalid("password", "This e-mail address and password do not belong together.") with { Code = "identity.refused" };

    public static Problem TooManyAttempts(TimeSpan wait) =>
        new(ProblemKind.Busy, "identity.too_many_attempts", $"There were many attempts. For safety nothing is looked at for the moment: try again in {Spoken(wait)}.") { RetryAfter = wait };

    public static Problem TooManyFailures() => new(ProblemKind.Denied, "identity.too_many_failures",
        $"After {Limits.MostInARow} failures in a row this is not taken any more on a device that the account does not know. Sign in by a mailed link, by a passkey or on a device of yours, or set a new password by “Forgot your password?”.");

    public static Problem LinkSpent() => new(ProblemKind.Missing, "identity.link_spent", "This link has been used or has run out. Ask for a new one.");

    public static Problem WrongCode() => Problem.Invalid("code", "This code is not right, or it has been used. Wait for the next one, or use a recovery code.") with { Code = "identity.wrong_code" };

    public static Problem WrongPassword() => Problem.Invalid("password", "This is not your password.") with { Code = "identity.wrong_password" };

    public static Problem ConfirmFirst() => new(ProblemKind.Denied, "identity.confirm_first", "Confirm first that it is you.");

    public static Problem PasskeyRefused() => new(ProblemKind.Invalid, "identity.passkey_refused", "This passkey was not accepted. Try again, or sign in another way.");

    public static Problem SingleSignOnRefused(string why) => new(ProblemKind.Denied, "identity.single_sign_on_refused", $"Your company's sign-in was not accepted: {why}");

    /// <summary>The partner's own provider vouches for this partner alone, and whoever runs it could speak for anybody of its people.</summary>
    public static Problem OpensOneCompany() => new(ProblemKind.Denied, "identity.opens_one_company", "You are signed in on the pages of your own company, which opens that company alone. Sign in by a password, a passkey or a link first.");

    /// <summary>Told to the vendor alone: a partner must not learn who else is here.</summary>
    public static Problem DomainOfOthers(IReadOnlyList<string> holders) => new(ProblemKind.Conflict, "identity.domain_of_others",
        $"People of others have addresses in these domains: {string.Join(", ", holders)}. Refuse it and say which domain it is about, or set the sign-in up below yourself where you are sure.");

    // Never one: “in 1 seconds” is no English, and two are waited as well.
    private static string Spoken(TimeSpan wait) =>
        wait.TotalSeconds < 90 ? $"{Math.Max(2, Math.Ceiling(wait.TotalSeconds)):0} seconds" : $"{Math.Ceiling(wait.TotalMinutes):0} minutes";
}
