using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Receipts.Published;
using static Trellis.Receipts.Published.StepOutcome;

namespace Trellis.Receipts;

/// <summary>
/// The steps that compare a file with what this installation publishes: its keys, its chain, its roots. Open to everybody, so it answers only what the
/// bearer of the file could ask for: whether it fits.
/// </summary>
internal static class OnlineCheck
{
    private const string Why = "anybody may check a file that they hold";

    public static async Task<CheckReport> OfAsync(Db db, string text, CancellationToken ct)
    {
        if (ReceiptFile.Read(text) is not { } file) return new CheckReport([FileCheck.Unreadable], Readable: false);
        return new CheckReport([.. FileCheck.Steps(file), .. await StepsAsync(db, file, ct)]);
    }

    public static async Task<IReadOnlyList<CheckStep>> StepsAsync(Db db, ReceiptFile file, CancellationToken ct)
    {
        List<CheckStep> steps = [await KeysAsync(db, file, ct)];
        if (steps[0].Outcome != Passed || Ids.Parse<TenantId>(file.Issuer) is not { } issuer) return steps;
        steps.Add(await ChainAsync(db, issuer, file, ct));
        if (file.Proof is not null) steps.Add(await RootAsync(db, issuer, file, ct));
        return steps;
    }

    private static async Task<CheckStep> KeysAsync(Db db, ReceiptFile file, CancellationToken ct)
    {
        const string title = "Whose key";
        var names = file.Keys.Keys.ToList();
        var known = await db.Set<KeyRow>().AsNoTracking().Where(k => names.Contains(k.Id)).ToListAsync(ct);
        if (known.Count != names.Count || known.Any(k => file.Keys[k.Id] != k.PublicKey)) return new(title, Failed, "It was not signed with a key of this installation.");
        var retired = known.Where(k => k.RetiredAt is not null).Select(k => $" The key {k.Id} was retired on {Statements.Time(k.RetiredAt!.Value)}: {k.RetiredBecause}").ToList();
        return new(title, Passed, $"It was signed with a key that this installation publishes on its page of keys.{string.Concat(retired)}");
    }

    private static async Task<CheckStep> ChainAsync(Db db, TenantId issuer, ReceiptFile file, CancellationToken ct)
    {
        const string title = "In the chain today";
        var links = db.AllTenants<Link>(Why).AsNoTracking().Where(l => l.TenantId == issuer);
        if (file.Chain is { } chain)
        {
            var there = await links.SingleOrDefaultAsync(l => l.Sequence == chain.Sequence, ct);
            return there is not null && there.Hash == file.LinkHash
                ? new(title, Passed, "It stands in the chain of this installation, in the place that the file names.")
                : new(title, Failed, "The chain of this installation holds another receipt in this place, or none. If your file passes the other steps, keep it: the chain has been rewritten.");
        }

        var found = Ids.Parse<ReceiptId>(file.Id) is { } id ? await links.SingleOrDefaultAsync(l => l.ReceiptId == id, ct) : null;
        if (found is null) return new(title, Open, "It has no place in the chain yet. That takes a few seconds.");
        return found.Content == file.ContentHash
            ? new(title, Passed, "It has been given its place since this file was made. Download it again for the complete file.")
            : new(title, Failed, "The chain holds another content under this name.");
    }

    private static async Task<CheckStep> RootAsync(Db db, TenantId issuer, ReceiptFile file, CancellationToken ct)
    {
        const string title = "Root as published here";
        var day = DateOnly.TryParseExact(RootStatement.Read(file.Proof!.Statement)?.Day, "yyyy-MM-dd", out var read) ? read : default;
        var root = await db.AllTenants<DayRoot>(Why).AsNoTracking().SingleOrDefaultAsync(r => r.TenantId == issuer && r.Day == day, ct);
        return root is not null && root.Statement == file.Proof.Statement
            ? new(title, Passed, "The root in the file is the one that is published here.")
            : new(title, Failed, "Another root is published here for this day. If your file passes the other steps, keep it: it shows that the vendor has told two stories.");
    }
}
