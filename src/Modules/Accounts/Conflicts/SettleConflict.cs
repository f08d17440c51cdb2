using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Conflicts;

/// <summary>Which of the two is right.</summary>
internal sealed record ConflictDecision(HandValueId Conflict, bool KeepOurs);

/// <summary>Decides a conflict: the own value is written back and the CRM's not taken again, or the CRM's stays and the own one is forgotten.</summary>
internal sealed class SettleConflict(Work work) : UseCase<ConflictDecision, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(ConflictDecision input, CancellationToken ct)
    {
        // No import says something about the account between the look and the commit.
        await Work.LockAsync("accounts.import", ct);
        if (await Db.Set<HandValue>().SingleOrDefaultAsync(h => h.Id == input.Conflict && h.Since != null, ct) is not { Theirs: { } theirs } hand) return Problem.Missing("conflict");
        if (await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == hand.AccountId, ct) is not { } account) return AccountsProblems.Missing();
        if (input.KeepOurs && await Ownership.AccountOwners.Owners.RefuseAsync(Work, Ownership.AccountOwners.Of(hand.Field), ct) is { } owned) return owned;
        Work.Note(input.KeepOurs ? "accounts.conflict_ours" : "accounts.conflict_theirs", "accounts_account", account.Id.ToString(), new Dictionary<string, string?[]> { [Words.Of(hand.Field)] = [theirs, input.KeepOurs ? hand.Ours : theirs] });
        // Where an import was taken back meanwhile, the one that was chosen may stand there already, or a third.
        var standing = HandFields.Of(account, hand.Field);
        if (input.KeepOurs)
        {
            if (standing == theirs) HandFields.Put(account, hand.Field, hand.Ours);
            hand.Keep();
        }
        else
        {
            if (standing != theirs) HandFields.Put(account, hand.Field, theirs);
            Db.Remove(hand);
        }

        account.See(Work.Now);
        await AccountKeys.RenewAsync(Work, [account], ct);
        Renames.Tell(Work, [account]);
        return default(Done);
    }
}
