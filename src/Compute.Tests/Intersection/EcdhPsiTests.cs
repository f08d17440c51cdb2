using System.Numerics;
using Trellis.Compute.Intersection;

namespace Trellis.Compute.Tests.Intersection;

public sealed class EcdhPsiTests
{
    private static readonly byte[] SenderSecret = Secret(1), ReceiverSecret = Secret(2);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(0, 5, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(40, 40, 40)]
    [InlineData(33, 17, 0)]
    [InlineData(100, 61, 23)]
    public void The_intersection_is_exact(int receivers, int senders, int both)
    {
        var (mine, theirs) = Lists(receivers, senders, both);
        var result = Run(mine, theirs, PsiMode.Intersection, null);
        result.Items.ShouldBe(Enumerable.Range(0, both));
        result.Count.ShouldBe(both);
        Run(mine, theirs, PsiMode.Count, null).ShouldSatisfyAllConditions(r => r.Count.ShouldBe(both), r => r.Items.ShouldBeEmpty());
    }

    [Fact]
    public void Payloads_of_common_items_arrive_and_others_do_not()
    {
        var (mine, theirs) = Lists(30, 25, 9);
        var payloads = theirs.Select((_, i) => new byte[] { (byte)i, 7 }[..(i % 3)]).ToArray();
        var result = Run(mine, theirs, PsiMode.Payload, payloads);
        result.Items.Count.ShouldBe(9);
        for (var k = 0; k < 9; k++) result.Payloads[k].ShouldBe(payloads[Array.FindIndex(theirs, t => t.SequenceEqual(mine[result.Items[k]]))]);
    }

    [Fact]
    public void Repeated_items_count_once_and_are_all_reported()
    {
        var items = PsiItems.FromTexts(["a", "b", "a", "c"]);
        var result = Run(items, PsiItems.FromTexts(["a", "a", "x"]), PsiMode.Intersection, null);
        result.Count.ShouldBe(1);
        result.Items.ShouldBe([0, 2]);
    }

    [Fact]
    public void An_unchanged_list_is_asked_again_with_its_old_setup()
    {
        var (mine, theirs) = Lists(20, 30, 8);
        var setup = EcdhPsiSender.Create(theirs, PsiMode.Intersection, SenderSecret).Setup;
        var later = EcdhPsiSender.Resume(SenderSecret, setup);
        var receiver = EcdhPsiReceiver.Create(mine, Secret(77));
        receiver.Finish(setup, later.Answer(receiver.Request)).Count.ShouldBe(8);
        Should.Throw<PsiException>(() => EcdhPsiSender.Resume(Secret(3), setup));
    }

    [Fact]
    public void A_count_is_answered_only_once()
    {
        var (mine, theirs) = Lists(5, 5, 2);
        var sender = EcdhPsiSender.Create(theirs, PsiMode.Count, SenderSecret);
        var receiver = EcdhPsiReceiver.Create(mine, ReceiverSecret);
        sender.Answer(receiver.Request);
        Should.Throw<PsiException>(() => sender.Answer(receiver.Request));
        Should.Throw<PsiException>(() => EcdhPsiSender.Resume(SenderSecret, sender.Setup));
    }

    [Fact]
    public void Messages_do_not_depend_on_the_number_of_threads()
    {
        var (mine, _) = Lists(3000, 0, 0);
        EcdhPsiReceiver.Create(mine, ReceiverSecret, new PsiOptions(1)).Request.ShouldBe(EcdhPsiReceiver.Create(mine, ReceiverSecret, new PsiOptions(3)).Request);
    }

    [Fact]
    public void Damaged_and_foreign_messages_are_refused()
    {
        var (mine, theirs) = Lists(6, 6, 3);
        var sender = EcdhPsiSender.Create(theirs, PsiMode.Intersection, SenderSecret);
        var receiver = EcdhPsiReceiver.Create(mine, ReceiverSecret);
        var response = sender.Answer(receiver.Request);
        var other = EcdhPsiReceiver.Create(mine, Secret(9));
        Should.Throw<PsiException>(() => other.Finish(sender.Setup, response)).Message.ShouldContain("another request");
        Should.Throw<PsiException>(() => sender.Answer(receiver.Request[..^1]));
        Should.Throw<PsiException>(() => sender.Answer([]));
        Should.Throw<PsiException>(() => sender.Answer(sender.Setup));
        var newer = (byte[])receiver.Request.Clone();
        newer[4] = 2;
        Should.Throw<PsiException>(() => sender.Answer(newer)).Message.ShouldContain("version");
        var small = (byte[])receiver.Request.Clone();
        small.AsSpan(48, 32).Clear(); // u = 0 has order 2
        Should.Throw<PsiException>(() => sender.Answer(small)).Message.ShouldContain("small order");
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var broken = (byte[])sender.Setup.Clone();
            broken[random.Next(PsiHeader.Size + 4)] ^= (byte)(1 << random.Next(8));
            try { receiver.Finish(broken, response).Count.ShouldBeLessThanOrEqualTo(6); }
            catch (PsiException) { }
        }
    }

    [Fact]
    public void The_undoing_scalar_is_the_inverse_modulo_the_group_order_and_a_multiple_of_eight()
    {
        var order = (BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493");
        for (var i = 0; i < 50; i++)
        {
            var key = Curve25519.Clamp(Secret(i));
            var undo = new BigInteger(ScalarInverse.UndoingMultipleOfEight(key), isUnsigned: true);
            (undo * new BigInteger(key, isUnsigned: true) % order).ShouldBe(BigInteger.One);
            (undo % 8).ShouldBe(BigInteger.Zero);
        }
    }

    private static PsiResult Run(byte[][] mine, byte[][] theirs, PsiMode mode, byte[][]? payloads)
    {
        var sender = EcdhPsiSender.Create(theirs, mode, SenderSecret, payloads);
        var receiver = EcdhPsiReceiver.Create(mine, ReceiverSecret);
        return receiver.Finish(sender.Setup, sender.Answer(receiver.Request));
    }

    internal static (byte[][] Mine, byte[][] Theirs) Lists(int receivers, int senders, int both)
    {
        var mine = PsiItems.FromTexts(Enumerable.Range(0, receivers).Select(i => i < both ? $"both-{i}.example" : $"mine-{i}.example"));
        var theirs = PsiItems.FromTexts(Enumerable.Range(0, senders).Select(i => i < both ? $"both-{both - 1 - i}.example" : $"theirs-{i}.example"));
        return (mine, theirs);
    }

    internal static byte[] Secret(int seed)
    {
        var secret = new byte[32];
        new Random(seed).NextBytes(secret);
        return secret;
    }
}
