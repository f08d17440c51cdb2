using Trellis.Kernel;

namespace Trellis.Identity;

internal static class InvitationProblems
{
    public static Problem Accepted(string name) => new(ProblemKind.Conflict, "identity.invitation_accepted", $"{name} has accepted already.");

    public static Problem TooMany(TimeSpan wait) =>
        new(ProblemKind.Busy, "identity.too_many_invitations", $"Many invitations have been mailed lately, to this address or by you. Send the next one in {Math.Ceiling(Math.Max(1, wait.TotalMinutes)):0} min.") { RetryAfter = wait };

    public static Problem Revoked() => new(ProblemKind.Conflict, "identity.invitation_revoked", "This invitation has been revoked. Invite the person again.");
}
