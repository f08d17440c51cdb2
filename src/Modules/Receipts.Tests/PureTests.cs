using System.Numerics;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Tests;

public sealed class PureTests
{
    [Fact]
    public void Canonical_text_is_sorted_and_escaped_as_RFC_8785_asks()
    {
        var value = Canonical.Object();
        (value["peach"], value["péché"], value["1"], value["10"], value["sin"]) = (1L, "\u20ac\u000f\nA'B\"\\/", false, new List<object> { -5L, "x" }, Canonical.Object());
        Canonical.Write(value).ShouldBe("{\"1\":false,\"10\":[-5,\"x\"],\"peach\":1,\"péché\":\"€\\u000f\\nA'B\\\"\\\\/\",\"sin\":{}}");
    }

    [Theory]
    [InlineData("{ }"), InlineData("{\"a\":1.0}"), InlineData("{\"a\":1e3}"), InlineData("{\"a\":null}"), InlineData("{\"b\":1,\"a\":2}"), InlineData("{\"a\":1,\"a\":1}"), InlineData("{\"a\":\"\\u0041\"}"), InlineData("[1]"), InlineData("{\"a\":01}"), InlineData("")]
    public void Anything_that_could_be_written_otherwise_does_not_read(string text) => Canonical.Read(text).ShouldBeNull();

    [Fact]
    public void Every_leaf_of_every_tree_up_to_forty_has_a_proof_that_fits_its_place_alone()
    {
        for (var size = 1; size <= 40; size++)
        {
            var hashes = Enumerable.Range(0, size).Select(i => Hashes.Of($"{size}/{i}")).ToList();
            var root = MerkleTree.Root(hashes);
            for (var i = 0; i < size; i++)
            {
                var path = MerkleTree.Proof(hashes, i);
                MerkleTree.Follow(hashes[i], i, size, path).ShouldBe(root);
                for (var other = -1; other <= size; other++)
                    if (other != i) MerkleTree.Follow(hashes[i], other, size, path).ShouldNotBe(root);
                MerkleTree.Follow(Hashes.Of("other"), i, size, path).ShouldNotBe(root);
                if (path.Count > 0) MerkleTree.Follow(hashes[i], i, size, [.. path.Skip(1)]).ShouldNotBe(root);
                MerkleTree.Follow(hashes[i], i, size, [.. path, root]).ShouldBeNull();
            }
        }
    }

    // The examples of RFC 9162's reference log, reduced to what our leaves are: roots of one and two leaves computed by hand.
    [Fact]
    public void A_tree_of_two_is_the_hash_of_both_leaves()
    {
        string[] two = [Hashes.Of("a"), Hashes.Of("b")];
        static byte[] Hash(params byte[][] parts) => System.Security.Cryptography.SHA256.HashData([.. parts.SelectMany(p => p)]);
        var leaves = two.Select(h => Hash([0], Convert.FromHexString(h))).ToArray();
        MerkleTree.Root(two[..1]).ShouldBe(Convert.ToHexStringLower(leaves[0]));
        MerkleTree.Root(two).ShouldBe(Convert.ToHexStringLower(Hash([1], leaves[0], leaves[1])));
    }

    [Fact]
    public void The_other_signature_that_would_be_valid_is_refused()
    {
        var key = Made.NewKey();
        var order = BigInteger.Parse("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber);
        for (var i = 0; i < 20; i++)
        {
            var signature = key.Sign($"text {i}");
            Signatures.Verify(key.PublicKey, $"text {i}", signature).ShouldBeTrue();
            var other = (order - BigInteger.Parse("0" + signature[64..], System.Globalization.NumberStyles.HexNumber)).ToString("x64");
            Signatures.Verify(key.PublicKey, $"text {i}", signature[..64] + other[^64..]).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_whole_file_is_genuine_with_a_trusted_key_and_open_without_one()
    {
        var made = Made.Chain(23, 10);
        for (var i = 0; i < 23; i++)
        {
            OfflineCheck.Of(made.File(i), [made.Fingerprint]).Verdict.ShouldBe(Verdict.Genuine);
            OfflineCheck.Of(made.File(i) + "\r\n", []).Verdict.ShouldBe(Verdict.Open);
            OfflineCheck.Of(made.File(i), ["00"]).Verdict.ShouldBe(Verdict.Broken);
            OfflineCheck.Of(made.File(i, whole: false), [made.Fingerprint]).Verdict.ShouldBe(Verdict.Open);
        }
    }

    [Fact]
    public void Any_changed_dropped_added_or_swapped_byte_of_a_file_is_found()
    {
        var made = Made.Chain(23, 10);
        var (chance, found) = (new Random(7), 0);
        const int tries = 1000;
        for (var i = 0; i < tries; i++)
        {
            var file = made.File(chance.Next(23));
            var forged = Forge(file, chance);
            if (OfflineCheck.Of(forged, [made.Fingerprint]).Verdict is Verdict.Broken or Verdict.Unreadable) found++;
        }

        found.ShouldBe(tries);
    }

    [Fact]
    public void Parts_of_one_genuine_file_in_another_are_found()
    {
        var made = Made.Chain(23, 10);
        foreach (var part in new[] { "chain", "content", "keys", "proof", "signature" })
        {
            var (own, other) = (Canonical.Read(made.File(3))!, Canonical.Read(Made.Chain(23, 10).File(4))!);
            own[part] = other[part];
            OfflineCheck.Of(Canonical.Write(own), [made.Fingerprint]).Verdict.ShouldBe(Verdict.Broken, part);
        }
    }

    [Fact]
    public void Erased_names_leave_everything_else_valid_and_a_wrong_name_does_not()
    {
        var made = Made.Chain(5, 10);
        made.Receipts[2].Erase(DateTime.UtcNow);
        OfflineCheck.Of(made.File(2), [made.Fingerprint]).Verdict.ShouldBe(Verdict.Genuine);
        made.File(2).ShouldNotContain("Rosa");
        OfflineCheck.Of(made.File(1).Replace("Rosa D", "Rita D", StringComparison.Ordinal), [made.Fingerprint]).Verdict.ShouldBe(Verdict.Broken);
        made.Faults().ShouldBeEmpty();
    }

    [Fact]
    public void Every_random_tampering_with_a_stored_chain_is_found()
    {
        var made = Made.Chain(60, 17);
        made.Faults().ShouldBeEmpty();
        var chance = new Random(11);
        for (var i = 0; i < 100; i++) Tampered(made, chance, i % 8).ShouldNotBeEmpty($"tampering {i} of kind {i % 8}");
    }

    [Fact]
    public void Two_stories_about_one_place_or_one_day_contradict_each_other()
    {
        var (a, b) = (Made.Chain(12, 10), Made.Chain(12, 10));
        OfflineCheck.Together([a.File(3), a.File(4), a.File(11)]).ShouldAllBe(s => s.Outcome == StepOutcome.Passed);
        OfflineCheck.Together([a.File(3), b.File(3)]).ShouldContain(s => s.Outcome == StepOutcome.Failed && s.Title == "Same place");
        OfflineCheck.Together([a.File(3), b.File(7)]).ShouldContain(s => s.Outcome == StepOutcome.Failed && s.Title == "Same day");
    }

    private static string Forge(string file, Random chance)
    {
        var at = chance.Next(file.Length);
        switch (chance.Next(4))
        {
            case 0: return file[..at] + Other(file[at], chance) + file[(at + 1)..];
            // Blanks around a file are forgiven on purpose, so a new character is never a blank.
            case 1: return file[..at] + (char)('!' + chance.Next(90)) + file[at..];
            case 2: return file.Remove(at, 1);
            default:
                var with = chance.Next(file.Length);
                if (file[at] == file[with]) return file.Remove(at, 1);
                var letters = file.ToCharArray();
                (letters[at], letters[with]) = (letters[with], letters[at]);
                return new string(letters);
        }
    }

    private static char Other(char c, Random chance)
    {
        while (true)
        {
            var other = (char)('!' + chance.Next(90));
            if (other != c) return other;
        }
    }

    private static IReadOnlyList<string> Tampered(Made made, Random chance, int kind)
    {
        var (links, receipts) = (made.Links.ToList(), made.Receipts.ToList());
        var (i, j) = (chance.Next(60), chance.Next(59));
        if (j >= i) j++;
        switch (kind)
        {
            case 0: // Content rewritten.
                receipts[i] = Made.With(receipts[i], content: receipts[i].Content.Replace("EUR", "USD", StringComparison.Ordinal));
                break;
            case 1: // Content rewritten, signed again by whoever holds the key, link not.
                var rewritten = receipts[i].Content.Replace("EUR", "USD", StringComparison.Ordinal);
                receipts[i] = Made.With(receipts[i], rewritten, made.Key.Sign(rewritten));
                break;
            case 2: // Content, signature and link rewritten: the next link or the root gives it away.
                var again = receipts[i].Content.Replace("EUR", "USD", StringComparison.Ordinal);
                receipts[i] = Made.With(receipts[i], again, made.Key.Sign(again));
                links[i] = Made.With(links[i], content: Hashes.Of(again), hash: Statements.LinkHash(Made.Tenant.ToString(), links[i].Sequence, links[i].Previous, Hashes.Of(again), Statements.Time(links[i].SealedAt)));
                break;
            case 3: // A link dropped.
                links.RemoveAt(i);
                break;
            case 4: // A receipt dropped.
                receipts.RemoveAt(i);
                break;
            case 5: // Two in each other's place.
                (links[i], links[j]) = (links[j], links[i]);
                break;
            case 6: // Two receipts change places, the links keep theirs.
                (links[i], links[j]) = (Made.With(links[i], receipt: links[j].ReceiptId), Made.With(links[j], receipt: links[i].ReceiptId));
                break;
            default: // One added at the end of a closed day.
                links.Add(Made.With(links[^1], sequence: 61, previous: links[^1].Hash));
                break;
        }

        return made.Faults(links, receipts);
    }
}
