using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Trellis.Identity.Tests;

/// <summary>Which passwords are taken, and how they are kept.</summary>
public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("mango violin tra", false, true)]
    [InlineData("mangoviolintray", false, true)]
    [InlineData("mangoviolintra", false, false)]
    [InlineData("mangovio", true, true)]
    [InlineData("mangovi", true, false)]
    [InlineData("", false, false)]
    [InlineData("mango  violin  x", false, true)]
    [InlineData("пароль не угадать никому", false, true)]
    [InlineData("密碼是很長的一句話沒有人猜得到的", false, true)]
    [InlineData("🦊🌵🎻🍉🚲🏔🪁🧭🎈🪴🧩🥁🛶🧵🪨", false, true)]
    [InlineData("🦊🌵🎻🍉🚲🏔🪁🧭🎈🪴🧩🥁🛶🧵", false, false)]
    [InlineData("grow-with-partners", false, true)]
    [InlineData("correct horse battery", false, true)]
    [InlineData("839105726418390", false, true)]
    [InlineData("83-91/05.72 64:18", false, true)]
    [InlineData("123456789012345", false, false)]
    [InlineData("555555555555555", false, false)]
    public void Length_counts_as_a_person_counts_and_any_character_will_do(string password, bool hasFactor, bool taken) =>
        (PasswordRules.Fault(password, hasFactor) is null).ShouldBe(taken, PasswordRules.Fault(password, hasFactor) ?? "taken");

    [Theory]
    [InlineData(64, true), InlineData(200, true), InlineData(256, true), InlineData(257, false)]
    public void Long_passwords_are_taken_up_to_256_characters(int length, bool taken)
    {
        var chance = new Random(length);
        var password = string.Concat(Enumerable.Range(0, length).Select(_ => (char)chance.Next('!', '~')));
        (PasswordRules.Fault(password, false) is null).ShouldBe(taken);
    }

    [Theory]
    [InlineData("passwordpassword"), InlineData("aaaaaaaaaaaaaaaa"), InlineData("ababababababababab"), InlineData("123456789012345"), InlineData("qwertyuiopasdfghjkl"), InlineData("mnbvcxzlkjhgfdsapoi"), InlineData("abcdefghijklmnop")]
    [InlineData("1qaz2wsx3edc4rfv"), InlineData("1Qaz2Wsx3Edc4Rfv!"), InlineData("Ada Brandt 2026"), InlineData("northwindcloud1"), InlineData("ada.brandt@northwind.example")]
    public void What_a_guesser_tries_first_is_refused(string password) =>
        PasswordRules.Fault(password, false, "Ada Brandt", "ada.brandt@northwind.example", "Northwind Cloud").ShouldNotBeNull();

    [Fact]
    public void Every_common_password_is_refused_beside_a_second_factor_too()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        var common = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        common.Length.ShouldBeGreaterThan(10_000);
        common.Where(p => PasswordRules.Fault(p, true) is null || PasswordRules.Fault(p.ToUpperInvariant() + "1!", true) is null).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_characters_composed_otherwise_are_the_same_password()
    {
        var hash = Passwords.Hash("Ünbeirrbar Größe 2026");
        Passwords.Compare(hash, "U\u0308nbeirrbar Gro\u0308ße 2026").ShouldBe(Fit.Yes);
        Passwords.Compare(hash, "Unbeirrbar Grosse 2026").ShouldBe(Fit.No);
        Passwords.Compare(null, "whatever it may be").ShouldBe(Fit.No);
    }

    [Fact]
    public void A_hash_costs_220_000_rounds_of_SHA_512_and_a_cheaper_one_is_outdated()
    {
        // ASP.NET Core Identity's format 3: marker, function, rounds, length of the salt, salt, key.
        var hash = Convert.FromBase64String(Passwords.Dear.HashPassword(Passwords.Dear, "mango violin tray"));
        (hash[0], BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5))).ShouldBe(((byte)1, 2u, 220_000u));
        var cheap = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new object(), "mango violin tray");
        Passwords.Compare(cheap, "mango violin tray").ShouldBe(Fit.Outdated);
        Passwords.Compare(cheap, "mango violin tra").ShouldBe(Fit.No);
    }
}
