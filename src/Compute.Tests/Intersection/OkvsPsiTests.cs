using System.Numerics;
using System.Security.Cryptography;
using Trellis.Compute.Intersection;

namespace Trellis.Compute.Tests.Intersection;

public sealed class OkvsPsiTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(0, 5, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(40, 40, 40)]
    [InlineData(33, 17, 0)]
    [InlineData(2000, 1500, 700)]
    public void The_intersection_is_exact(int receivers, int senders, int both)
    {
        var (mine, theirs) = EcdhPsiTests.Lists(receivers, senders, both);
        Run(mine, theirs, PsiMode.Intersection, null).Items.ShouldBe(Enumerable.Range(0, both));
    }

    [Fact]
    public void Payloads_of_common_items_arrive()
    {
        var (mine, theirs) = EcdhPsiTests.Lists(30, 25, 9);
        var payloads = theirs.Select((_, i) => new byte[] { (byte)i, 7 }[..(i % 3)]).ToArray();
        var result = Run(mine, theirs, PsiMode.Payload, payloads);
        result.Items.Count.ShouldBe(9);
        for (var k = 0; k < 9; k++) result.Payloads[k].ShouldBe(payloads[Array.FindIndex(theirs, t => t.SequenceEqual(mine[result.Items[k]]))]);
    }

    [Fact]
    public void Both_protocols_agree_on_random_lists()
    {
        var random = new Random(12);
        for (var round = 0; round < 4; round++)
        {
            var mine = PsiItems.FromTexts(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(50).ToString()));
            var theirs = PsiItems.FromTexts(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(50).ToString()));
            var sender = EcdhPsiSender.Create(theirs, PsiMode.Intersection, EcdhPsiTests.Secret(round));
            var receiver = EcdhPsiReceiver.Create(mine, EcdhPsiTests.Secret(round + 50));
            Run(mine, theirs, PsiMode.Intersection, null).ShouldBeEquivalentTo(receiver.Finish(sender.Setup, sender.Answer(receiver.Request)));
        }
    }

    [Fact]
    public void A_run_answers_one_table_and_a_count_is_refused()
    {
        var (mine, theirs) = EcdhPsiTests.Lists(5, 5, 2);
        var sender = new OkvsPsiSender(theirs, PsiMode.Intersection, EcdhPsiTests.Secret(1));
        var receiver = new OkvsPsiReceiver(mine, EcdhPsiTests.Secret(2), sender.Offer);
        sender.Answer(receiver.Table);
        Should.Throw<PsiException>(() => sender.Answer(receiver.Table)).Message.ShouldContain("one table");
        Should.Throw<ArgumentException>(() => new OkvsPsiSender(theirs, PsiMode.Count, EcdhPsiTests.Secret(1)));
    }

    [Fact]
    public void Damaged_and_foreign_messages_are_refused()
    {
        var (mine, theirs) = EcdhPsiTests.Lists(6, 6, 3);
        var sender = new OkvsPsiSender(theirs, PsiMode.Intersection, EcdhPsiTests.Secret(1));
        var receiver = new OkvsPsiReceiver(mine, EcdhPsiTests.Secret(2), sender.Offer);
        Should.Throw<PsiException>(() => sender.Answer(receiver.Table[..^1]));
        Should.Throw<PsiException>(() => sender.Answer(sender.Offer));
        var foreign = new OkvsPsiSender(theirs, PsiMode.Intersection, EcdhPsiTests.Secret(7));
        Should.Throw<PsiException>(() => foreign.Answer(receiver.Table)).Message.ShouldContain("another session");
        var tags = sender.Answer(receiver.Table);
        var other = new OkvsPsiReceiver(mine, EcdhPsiTests.Secret(3), sender.Offer);
        Should.Throw<PsiException>(() => other.Finish(tags));
        receiver.Finish(tags).Count.ShouldBe(3);
    }

    [Fact]
    public void Messages_do_not_depend_on_the_number_of_threads()
    {
        var (mine, theirs) = EcdhPsiTests.Lists(3000, 10, 5);
        var sender = new OkvsPsiSender(theirs, PsiMode.Intersection, EcdhPsiTests.Secret(1));
        new OkvsPsiReceiver(mine, EcdhPsiTests.Secret(2), sender.Offer, new PsiOptions(1)).Table
            .ShouldBe(new OkvsPsiReceiver(mine, EcdhPsiTests.Secret(2), sender.Offer, new PsiOptions(3)).Table);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_store_gives_back_each_value(int items)
    {
        var random = new Random(items);
        for (var seed = 0; seed < 20; seed++)
        {
            var store = new Okvs(items, seed);
            var places = Enumerable.Range(0, items).Select(_ => store.PlaceOf((ulong)random.NextInt64(), (ulong)random.NextInt64())).ToArray();
            var values = new RowTable(items);
            random.NextBytes(values.Bytes);
            var table = new RowTable(store.Rows);
            random.NextBytes(table.Bytes);
            store.Encode(places, values, table).ShouldBeTrue();
            var sums = store.Dense(table);
            for (var i = 0; i < items; i++) (Okvs.Decode(table, sums, places[i]) == values[i]).ShouldBeTrue();
        }
    }

    [Fact]
    public void What_peeling_leaves_is_solved_by_the_dense_rows()
    {
        var store = new Okvs(20, 0);
        var random = new Random(3);
        // Ten items on the same three rows can never be peeled.
        var places = Enumerable.Range(0, 20).Select(i => store.PlaceOf((ulong)random.NextInt64(), (ulong)i)).ToArray();
        for (var i = 1; i < 10; i++) places[i] = places[0] with { Dense = (ulong)random.NextInt64() };
        var values = new RowTable(20);
        random.NextBytes(values.Bytes);
        var table = new RowTable(store.Rows);
        random.NextBytes(table.Bytes);
        store.Encode(places, values, table).ShouldBeTrue();
        var sums = store.Dense(table);
        for (var i = 0; i < 20; i++) (Okvs.Decode(table, sums, places[i]) == values[i]).ShouldBeTrue();
        places[1] = places[0];
        store.Encode(places, values, table).ShouldBeFalse();
    }

    [Fact]
    public void Rows_are_the_columns_turned()
    {
        var seeds = Enumerable.Range(0, 512).Select(j => EcdhPsiTests.Secret(j)[..16]).ToArray();
        var rows = new RowTable(700);
        OtColumns.Rows(seeds, rows, new PsiOptions(1));
        foreach (var j in new[] { 0, 1, 63, 64, 200, 511 })
        {
            using var cipher = Aes.Create();
            cipher.Key = seeds[j];
            var stream = new byte[96];
            for (var i = 0; i < 96; i += 16) BitConverter.TryWriteBytes(stream.AsSpan(i), (long)(i / 16));
            cipher.EncryptEcb(stream, stream, PaddingMode.None);
            for (var row = 0; row < 700; row++)
                ((rows.Bytes[row * 64 + j / 8] >> (j % 8)) & 1).ShouldBe(stream[row / 8] >> (row % 8) & 1);
        }
    }

    [Fact]
    public void Each_transfer_gives_the_chosen_seed_and_the_other_differs()
    {
        var offer = BaseOt.Offer(EcdhPsiTests.Secret(1), out var choices, out var scalars);
        var answer = BaseOt.Answer(EcdhPsiTests.Secret(2), offer, out var zero, out var one);
        var chosen = BaseOt.Finish(scalars, answer);
        for (var j = 0; j < 512; j++)
        {
            var bit = choices[j >> 3] >> (j & 7) & 1;
            chosen[j].ShouldBe(bit == 0 ? zero[j] : one[j]);
            chosen[j].ShouldNotBe(bit == 0 ? one[j] : zero[j]);
        }
    }

    [Fact]
    public void Five_hundred_and_twelve_columns_hide_a_strange_item_behind_128_bits()
    {
        // A strange item's code differs from what is stored in a binomial number of places; fewer than 128 would weaken it.
        var tail = BigInteger.Zero;
        var choose = BigInteger.One;
        for (var k = 0; k < 128; k++)
        {
            tail += choose;
            choose = choose * (512 - k) / (k + 1);
        }

        (BigInteger.Log(tail, 2) - 512).ShouldBeLessThan(-75);
    }

    private static PsiResult Run(byte[][] mine, byte[][] theirs, PsiMode mode, byte[][]? payloads)
    {
        var sender = new OkvsPsiSender(theirs, mode, EcdhPsiTests.Secret(21), payloads);
        var receiver = new OkvsPsiReceiver(mine, EcdhPsiTests.Secret(22), sender.Offer);
        return receiver.Finish(sender.Answer(receiver.Table));
    }
}
