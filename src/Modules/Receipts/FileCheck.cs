using Trellis.Receipts.Published;
using static Trellis.Receipts.Published.StepOutcome;

namespace Trellis.Receipts;

/// <summary>The steps that need nothing but the file itself. Pure: the public page, the portal and the command line all take them.</summary>
internal static class FileCheck
{
    public static readonly CheckStep Unreadable = new("The file", Failed, "It does not read as a receipt file. Use the file as it was downloaded, without opening and saving it in an editor.");

    public static IReadOnlyList<CheckStep> Steps(ReceiptFile file) =>
        [new("The file", Passed, "It reads as a receipt, and every character stands where it must."), Signature(file), Personal(file), Chain(file), Day(file)];

    /// <summary>Whether the keys in the file are keys that the reader knows from elsewhere.</summary>
    public static CheckStep Trust(ReceiptFile file, IReadOnlyCollection<string> trusted)
    {
        var keys = Used(file).Select(k => file.Keys.GetValueOrDefault(k)).ToList();
        if (keys.Any(k => k is null || Signatures.Read(k) is null)) return new("Whose key", Failed, "A key that it names is not in the file.");
        var fingerprints = keys.Select(k => Signatures.Fingerprint(k!)).Distinct().ToList();
        var text = string.Join(" and ", fingerprints);
        if (trusted.Count == 0)
            return new("Whose key", Open, $"A forger can put a key of their own into a file. Compare this fingerprint with the one that you got elsewhere, from a mail, a contract or the vendor's page of keys: {text}.");
        return fingerprints.All(f => trusted.Contains(f))
            ? new("Whose key", Passed, $"The file was signed with a key that you trust: {text}.")
            : new("Whose key", Failed, $"The file was signed with another key than those that you trust: {text}.");
    }

    /// <summary>Whether files contradict each other, or leave a gap between neighbours.</summary>
    public static IReadOnlyList<CheckStep> Together(IReadOnlyList<ReceiptFile> files)
    {
        List<CheckStep> steps = [];
        foreach (var issuer in files.Where(f => f.Chain is not null).GroupBy(f => f.Issuer))
        {
            var chain = issuer.DistinctBy(f => (f.Chain!.Sequence, f.LinkHash)).OrderBy(f => f.Chain!.Sequence).ToList();
            foreach (var (a, b) in chain.Zip(chain.Skip(1)))
            {
                if (a.Chain!.Sequence == b.Chain!.Sequence) steps.Add(new("Same place", Failed, $"Two different receipts claim place {a.Chain.Sequence} of the same chain."));
                else if (a.Chain.Sequence + 1 == b.Chain.Sequence && b.Chain.Previous != a.LinkHash) steps.Add(new("Neighbours", Failed, $"Place {b.Chain.Sequence} does not follow from place {a.Chain.Sequence}."));
                else if (string.CompareOrdinal(a.Chain.SealedAt, b.Chain.SealedAt) > 0) steps.Add(new("Time", Failed, $"Place {b.Chain.Sequence} was sealed before place {a.Chain.Sequence}."));
            }

            var roots = issuer.Where(f => f.Proof is not null).Select(f => (RootStatement.Read(f.Proof!.Statement)?.Day, f.Proof.Statement)).Distinct().GroupBy(r => r.Day).Where(g => g.Count() > 1);
            steps.AddRange(roots.Select(r => new CheckStep("Same day", Failed, $"There are two different published roots of {r.Key}: the vendor has told two stories.")));
        }

        return steps.Count > 0 ? steps : [new("Together", Passed, "The files do not contradict each other.")];
    }

    private static CheckStep Signature(ReceiptFile file)
    {
        const string title = "Signature";
        if (Used(file).Any(k => !file.Keys.TryGetValue(k, out var key) || Signatures.Read(key) is null || Signatures.KeyId(key) != k)) return new(title, Failed, "A key that it names is missing, or is not the key of that name.");
        if (file.Keys.Count != Used(file).Count) return new(title, Failed, "It carries a key that nothing in it was signed with.");
        return Signatures.Verify(file.Keys[file.Key], file.Content, file.Signature)
            ? new(title, Passed, $"Not a character of the content has changed since it was signed with the key {file.Key}.")
            : new(title, Failed, "The signature does not belong to this content: one of the two has been changed.");
    }

    private static CheckStep Personal(ReceiptFile file)
    {
        const string title = "Names, and what people wrote";
        foreach (var (name, personal) in file.Personal)
        {
            if (!file.Commitments.TryGetValue(name, out var commitment)) return new(title, Failed, $"It carries “{Label(name)}”, for which nothing was signed.");
            if (commitment is not string expected || !Hashes.IsHex(personal.Salt, 32) || Hashes.Commit(name, personal.Value, personal.Salt) != expected) return new(title, Failed, $"“{Label(name)}” is not the value that was signed.");
        }

        var missing = file.Commitments.Keys.Where(n => !file.Personal.ContainsKey(n)).Select(Label).ToList();
        if (missing.Count > 0) return new(title, Passed, $"Erased or left out, which changes nothing about the rest: {string.Join(", ", missing)}.");
        return new(title, Passed, file.Personal.Count == 0 ? "It names nobody." : "They are the ones that were signed.");
    }

    private static CheckStep Chain(ReceiptFile file)
    {
        const string title = "Place in the chain";
        if (file.Chain is not { } chain) return new(title, Open, "It had no place yet when this file was made; a few seconds later it had. Download it again.");
        if (chain.Sequence < 1 || !Hashes.IsHash(chain.Previous) || Statements.ReadTime(chain.SealedAt) is null) return new(title, Failed, "Its place is not readable.");
        if (chain.Sequence == 1 && chain.Previous != Hashes.None) return new(title, Failed, "It claims to be the first, yet another one came before.");
        return new(title, Passed, $"It is number {chain.Sequence:N0} of its chain and was given that place on {chain.SealedAt}. The next step proves it.");
    }

    private static CheckStep Day(ReceiptFile file)
    {
        const string title = "Published root of the day";
        if (file.Proof is not { } proof) return new(title, Open, "The root of its day was not published yet when this file was made: that happens after midnight UTC. Download it again after that.");
        if (file.Chain is not { } chain || file.LinkHash is not { } link || RootStatement.Read(proof.Statement) is not { } root) return new(title, Failed, "The proof has no place or no readable root.");
        if (!file.Keys.TryGetValue(root.Key, out var key) || !Signatures.Verify(key, proof.Statement, proof.Signature)) return new(title, Failed, "The root of the day is not signed with its key.");
        if (root.Issuer != file.Issuer || !chain.SealedAt.StartsWith(root.Day + "T", StringComparison.Ordinal)) return new(title, Failed, "The root is of another day or another vendor.");
        if (MerkleTree.Follow(link, chain.Sequence - root.First, root.Count, proof.Path) != root.Root) return new(title, Failed, "The proof does not lead to the root of the day: receipt, place or proof has been changed.");
        if (chain.Sequence == root.Last && root.Head != link) return new(title, Failed, "The last receipt of the day is another one.");
        return new(title, Passed, $"It is one of the {root.Count:N0} receipts under the root of {root.Day}: {root.Root}. Compare that root with the published one, or with a copy that you kept.");
    }

    /// <summary>The names of the keys that the file was signed with.</summary>
    private static IReadOnlyList<string> Used(ReceiptFile file)
    {
        List<string> used = [file.Key];
        if (file.Proof is { } proof && RootStatement.Read(proof.Statement) is { } root && root.Key != file.Key) used.Add(root.Key);
        return used;
    }

    public static string Label(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
