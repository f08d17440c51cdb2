using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Identity.Tests;

/// <summary>Short forms for what a person does at the door and in the own account.</summary>
internal static class Door
{
    /// <summary>Reads the key off the page, as an authenticator app does, and switches the second factor on.</summary>
    public static async Task<(byte[] Secret, string[] RecoveryCodes)> SetUpFactorAsync(this PageClient pages, DateTime now)
    {
        var page = await pages.GetAsync("/account/second-factor");
        var secret = Base32(page.Document.QuerySelector("details code")!.TextContent);
        var done = await pages.SubmitAsync(page, "start", ("Input.Code", Totp.CodeAt(secret, Totp.StepAt(now))));
        return (secret, [.. done.Document.QuerySelectorAll(".t-codes code").Select(c => c.TextContent)]);
    }

    public static async Task<VisitedPage> ConfirmAsync(this PageClient pages, VisitedPage asked) =>
        await pages.SubmitAsync(asked, "confirm-password", ("Input.Password", TestPerson.Password));

    public static string? Alert(this VisitedPage page) => page.Document.QuerySelector(".t-flash")?.TextContent;

    /// <summary>A secret mailed to this person, as the path of its page.</summary>
    public static async Task<string> MailedAsync(this TestPerson person, string subject)
    {
        var mail = (await person.Tenant.MailsAsync()).Last(m => m.To == person.Email && m.Subject.StartsWith(subject, StringComparison.Ordinal));
        return new Uri(mail.Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
    }

    public static Task<int> SessionsAsync(this TestPerson person) =>
        person.Tenant.AsSystemAsync<Db, int>(db => db.Set<Session>().CountAsync(s => s.PersonId == person.Actor.Person));

    public static string Field(this VisitedPage page, string name) => ((IHtmlInputElement)page.Document.QuerySelector($"input[name='{name}']")!).Value;

    private static byte[] Base32(string text)
    {
        var (held, bits, bytes) = (0, 0, new List<byte>());
        foreach (var c in text.Where(char.IsAsciiLetterOrDigit))
        {
            (held, bits) = ((held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), bits + 5);
            if (bits < 8) continue;
            bytes.Add((byte)(held >> (bits -= 8)));
            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
