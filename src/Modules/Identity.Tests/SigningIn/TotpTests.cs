using System.Text;

namespace Trellis.Identity.Tests;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082"), InlineData(1111111109, "081804"), InlineData(1111111111, "050471"), InlineData(1234567890, "005924"), InlineData(2000000000, "279037"), InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238_appendix_B(long seconds, string code) =>
        Totp.CodeAt(Secret, Totp.StepAt(DateTime.UnixEpoch.AddSeconds(seconds))).ShouldBe(code);

    [Fact]
    public void A_neighbouring_code_is_taken_for_clocks_that_differ_a_little_and_none_further_off()
    {
        var now = DateTime.UnixEpoch.AddSeconds(1_790_000_000);
        var step = Totp.StepAt(now);
        foreach (var off in Enumerable.Range(-5, 11)) Totp.Accept(Secret, Totp.CodeAt(Secret, step + off), now, 0).ShouldBe(off is >= -1 and <= 1 ? step + off : null);
    }

    [Fact]
    public void No_code_counts_twice_nor_one_before_it()
    {
        var now = DateTime.UnixEpoch.AddSeconds(1_790_000_000);
        var step = Totp.StepAt(now);
        Totp.Accept(Secret, Totp.CodeAt(Secret, step), now, step).ShouldBeNull();
        Totp.Accept(Secret, Totp.CodeAt(Secret, step - 1), now, step).ShouldBeNull();
        Totp.Accept(Secret, Totp.CodeAt(Secret, step + 1), now, step).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("12345"), InlineData("1234567"), InlineData("abcdef"), InlineData("٠١٢٣٤٥")]
    public void What_is_no_code_is_refused(string? typed) => Totp.Accept(Secret, typed, DateTime.UnixEpoch.AddSeconds(59), 0).ShouldBeNull();

    [Fact]
    public void The_key_for_typing_is_base_32_and_the_picture_holds_it()
    {
        Totp.Base32(Encoding.ASCII.GetBytes("foobar")).ShouldBe("MZXW6YTBOI");
        Totp.Address(Secret, "Northwind Cloud", "ada@northwind.example").ShouldBe(
            "otpauth://totp/Northwind%20Cloud:ada%40northwind.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northwind%20Cloud&algorithm=SHA1&digits=6&period=30");
        var picture = QrPicture.Of("otpauth://totp/x");
        picture.Size.ShouldBeInRange(25, 60);
        picture.Path.ShouldStartWith("M4 4h7v1h-7z", Case.Sensitive, "the finder pattern in the corner, behind four modules of rest");
    }
}
