namespace Trellis.Whole.Tests;

/// <summary>Every route says who may use it.</summary>
[Trait("Category", "Shape")]
public sealed class RoutesTests
{
    /// <summary>Open to everybody, each with the reason.</summary>
    private static readonly Dictionary<string, string> Open = new()
    {
        ["GET /"] = "leads to the own home or to the sign-in",
        ["GET /sign-in"] = "nobody is known yet",
        ["GET /sign-in/link"] = "the link itself is the proof",
        ["GET /sign-in/code"] = "the second half of signing in",
        ["GET /sign-in/forgot"] = "whoever has forgotten the password is not signed in",
        ["GET /sign-in/reset"] = "the mailed link is the proof",
        ["GET /sign-in/company/{Company}"] = "leads to the company's own sign-in",
        ["GET /sign-in/company/{company}/start"] = "leads to the company's own sign-in",
        ["GET /sign-in/company/{company}/callback"] = "the provider's answer is the proof",
        ["GET /status/{Code:int}"] = "the page of a refusal",
        ["GET /not-found"] = "the page of an unknown address",
        ["POST /ui/theme"] = "light or dark is for everybody",
        ["POST /ui/language"] = "the language is for everybody",
        ["GET /problems"] = "explains the codes of refusals",
        ["GET /api-reference"] = "explains the API, which is public as the program is",
        ["GET /receipts/verify"] = "anybody may check a file that they hold; it shows nothing that is not in the file",
        ["GET /receipts/verifier.html"] = "a page to keep and open without a network; it holds nothing of anybody",
        ["GET /brand/{tenant}/{version:long}/logo"] = "the logo stands on the sign-in page",
        ["GET /brand/{tenant}/{version:long}/style.css"] = "the colour stands on the sign-in page",
        ["GET /partners"] = "the public directory shows partners that have agreed to it, and nothing else",
        ["GET /partners/{Slug}"] = "one entry of the public directory",
        ["GET /partners/solutions"] = "solutions of partners that stand in the public directory, where each has agreed",
        ["GET /partners/apply"] = "companies that want to become partners have no account yet; closed unless the company has opened it",
        ["GET /partners/apply/confirm"] = "the mailed link is the proof",
        ["GET /receipts/keys"] = "public keys are public",
        ["GET /receipts/keys.json"] = "public keys are public",
        ["GET /receipts/roots"] = "the roots of days are published, so that everybody can keep a copy",
        ["GET /receipts/roots.json"] = "the roots of days are published, so that everybody can keep a copy",
        ["GET /notice"] = "a mailed link, signed for one person; it leads to the record, which asks who is there",
        ["GET /unsubscribe"] = "the signed link of a mail is the proof, and whoever wants no more mail need not sign in for it",
        ["POST /unsubscribe/one-click"] = "sent by mail programs, which know the signed link alone (RFC 8058)",
        ["POST /sign-out"] = "whoever came in may leave, also where the active session is over and others of the browser are open",
        ["POST /switch-company"] = "takes up a session that the browser's own sealed cookie holds, also where the active one is over",
        ["GET /dev/mailbox"] = "the mails of the demo, where there is no mail server; does not exist otherwise",
        ["GET /dev/ui"] = "the showcase of the components; it holds no data",
        ["GET /dev/ui/portal"] = "the showcase of the components; it holds no data",
        ["GET /health/live"] = "asked by the machine that runs it",
        ["GET /health/ready"] = "asked by the machine that runs it",
        ["GET /api/openapi/v1.json"] = "the description of the API is public, as the program is",
    };

    /// <summary>For every person who is signed in, each with the reason.</summary>
    private static readonly Dictionary<string, string> SignedIn = new()
    {
        ["GET /_framework/opaque-redirect"] = "the framework's own",
        ["POST /ui/views"] = "everybody keeps own views of the lists that they may see",
        ["POST /ui/views/drop"] = "drops a view of one's own",
        ["POST /view-as/end"] = "whoever looks through the eyes of somebody else must be able to stop",
        ["POST /switch-partner"] = "changes to another partner that the person belongs to",
    };

    [Fact]
    public async Task Every_route_declares_its_permission_or_stands_on_a_short_list()
    {
        var routes = Route.All((await TestApp.SharedAsync(Database.Sqlite)).Services);
        routes.Count.ShouldBeGreaterThan(10);
        routes.Where(r => r.Anonymous).Select(r => r.ToString()).ShouldBe(Open.Keys, ignoreOrder: true, "open to everybody");
        routes.Where(r => !r.Anonymous && r.Permission is null).Select(r => r.ToString()).ShouldBe(SignedIn.Keys, ignoreOrder: true, "open to everybody who is signed in");
    }
}
