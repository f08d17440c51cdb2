using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

/// <summary>Guessing at accounts is slowed down, and never locks the owner out.</summary>
public sealed class BruteForceTests
{
    [SkippableTheory, Databases]
    public async Task A_stranger_who_guesses_is_braked_and_the_owner_on_a_known_device_gets_in(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var owner = await tenant.Administrator.PagesAsync();
        var (braked, answers) = await GuessAsync(tenant.App, tenant.Administrator.Email);
        answers.Take(5).ShouldAllBe(a => a == HttpStatusCode.UnprocessableEntity);
        braked.Text.ShouldContain("try again in");
        // Some failures later the wait is minutes; the first seconds may pass while a busy machine answers.
        var (key, later) = (Secrets.HashOf(Limits.Password(tenant.Administrator.Email, tenant.Id, tenant.Administrator.Actor.Person, new Knock("127.0.0.1", null, []))[0].Key), DateTime.UtcNow.AddMinutes(10));
        (await tenant.AsSystemAsync<Db, int>(db => db.Set<Attempt>().Where(a => a.Key == key && a.NotBefore != null).ExecuteUpdateAsync(u => u.SetProperty(a => a.NotBefore, later)))).ShouldBe(1);

        using (var stranger = new PageClient(tenant.App.Address))
            (await stranger.SignInAsync(tenant.Administrator.Email, TestPerson.Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests, "even the right password is not looked at");

        await owner.SubmitAsync(await owner.GetAsync("/app/people"), "/sign-out");
        (await owner.SignInAsync(tenant.Administrator.Email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/app");
    }

    [SkippableTheory, Databases]
    public async Task Known_and_unknown_addresses_are_braked_alike(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var known = await GuessAsync(tenant.App, tenant.Administrator.Email);
        var unknown = await GuessAsync(tenant.App, $"nobody-{Guid.CreateVersion7():N}@nowhere.example");
        known.Answers.Take(5).ShouldBe(unknown.Answers.Take(5));
        Said(known.Braked).ShouldBe(Said(unknown.Braked));

        static string Said(VisitedPage page) => string.Concat(page.Document.QuerySelector("[role=alert]")!.TextContent.Where(c => !char.IsDigit(c)));
    }

    [SkippableTheory, BothDatabases]
    public async Task Many_guesses_at_once_do_not_pass_for_one(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (email, knock) = (tenant.Administrator.Email, new Knock("198.51.100.9", null, []));
        var began = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            tenant.AsAsync<SignIn, Result<SignedIn>>(Actor.Anonymous, s => s.ByPasswordAsync(email, "wrong password here", knock, default)))));
        var (took, taken) = (Stopwatch.GetElapsedTime(began), results.Count(r => r.Problem!.Kind == ProblemKind.Invalid));
        // Five at once; a machine that is slow enough for the waits to pass (one second, then two more, then four …) has looked at one more for each.
        taken.ShouldBeInRange(5, 5 + Enumerable.Range(1, 10).Count(n => took >= TimeSpan.FromSeconds((1 << n) - 1)));
        results.Count(r => r.Problem!.Status == 429 && r.Problem.RetryAfter > TimeSpan.Zero).ShouldBe(16 - taken);
        (await tenant.AuditAsync()).Count(a => a.Action == "identity.sign_in_refused").ShouldBe(taken);
    }

    [SkippableTheory, Databases]
    public async Task One_password_tried_on_many_accounts_from_one_address_comes_to_an_end(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var knock = new Knock("198.51.100.77", null, []);
        var taken = 0;
        for (var i = 0; i < 200; i++)
            if (await tenant.AsAsync<Attempts, Problem?>(Actor.Anonymous, a => a.TakeAsync(Limits.Guess("password", $"spray-{i}@x.example", knock, null), default)) is null) taken++;
        taken.ShouldBe(Limits.PerAddress / 2);
    }

    [SkippableTheory, Databases]
    public async Task Mails_cannot_be_poured_over_somebody_and_nobody_learns_who_is_known(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var visitor = new PageClient(tenant.App.Address);
        var answers = new List<(HttpStatusCode, HttpStatusCode)>();
        foreach (var email in new[] { tenant.Administrator.Email, $"nobody-{Guid.CreateVersion7():N}@nowhere.example" })
        {
            var last = (default(HttpStatusCode), default(HttpStatusCode));
            for (var i = 0; i < 7; i++)
                last = ((await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", email))).Status, (await visitor.SubmitAsync(await visitor.GetAsync("/sign-in/forgot"), "forgot", ("Input.Email", email))).Status);
            answers.Add(last);
        }

        answers.Distinct().ShouldBe([(HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests)]);
        (await tenant.MailsAsync()).Count.ShouldBe(10);
    }

    [SkippableTheory, Databases]
    public async Task After_a_hundred_failures_in_a_row_a_password_is_not_taken_on_unknown_devices_until_it_is_set_anew(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var person = await tenant.StaffAsync(Roles.Finance);
        using var owner = await person.PagesAsync();
        (await SetAsync(Limits.MostInARow - 1)).ShouldBe(1);
        var knock = new Knock("198.51.100.31", null, []);
        (await GuessAsync("wrong password here")).Code.ShouldBe("identity.refused", "the hundredth is looked at");
        (await tenant.MailsAsync()).Count(m => m.To == person.Email && m.Subject == "A way of signing in has been switched off").ShouldBe(1);
        var ended = await GuessAsync(TestPerson.Password);
        (ended.Code, ended.RetryAfter).ShouldBe(("identity.too_many_failures", null), "no waiting helps any more");
        (await tenant.MailsAsync()).Count(m => m.To == person.Email).ShouldBe(1);

        await owner.SubmitAsync(await owner.GetAsync("/account/security"), "/sign-out");
        (await owner.SignInAsync(person.Email, TestPerson.Password)).Address.AbsolutePath.ShouldBe("/app", "a known device is counted by itself");
        using var mailed = new PageClient(tenant.App.Address);
        await mailed.SubmitAsync(await mailed.GetAsync("/sign-in/forgot"), "forgot", ("Input.Email", person.Email));
        var link = new Uri((await tenant.MailsAsync()).Last(m => m.To == person.Email).Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
        await mailed.SubmitAsync(await mailed.GetAsync(link), "reset", ("Input.Password", "mango violin tray lamp"));
        using var stranger = new PageClient(tenant.App.Address);
        (await stranger.SignInAsync(person.Email, "mango violin tray lamp")).Address.AbsolutePath.ShouldBe("/app");

        async Task<Problem> GuessAsync(string password) =>
            (await tenant.AsAsync<SignIn, Result<SignedIn>>(Actor.Anonymous, s => s.ByPasswordAsync(person.Email, password, knock, default))).Problem!;
        Task<int> SetAsync(int failures)
        {
            var key = Secrets.HashOf(Limits.OfAccount("password", $"{person.Email} {tenant.Id}").Key);
            return tenant.AsSystemAsync<Db, int>(db => db.Set<Attempt>().Where(a => a.Key == key).ExecuteUpdateAsync(u => u.SetProperty(a => a.Failures, failures).SetProperty(a => a.At, DateTime.UtcNow.AddDays(-2))));
        }
    }

    [SkippableTheory, Databases]
    public async Task What_is_counted_stands_in_the_table_as_a_digest(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        await GuessAsync(tenant.App, tenant.Administrator.Email);
        (await tenant.AsSystemAsync<Db, List<string>>(db => db.Set<Attempt>().Select(a => a.Key).ToListAsync())).ShouldAllBe(k => k.Length == 64 && k.All(char.IsAsciiHexDigitLower));
    }

    /// <summary>Guesses until it is told to wait.</summary>
    private static async Task<(VisitedPage Braked, List<HttpStatusCode> Answers)> GuessAsync(TestApp app, string email)
    {
        using var stranger = new PageClient(app.Address);
        for (var answers = new List<HttpStatusCode>(); answers.Count < 15;)
        {
            var page = await stranger.SignInAsync(email, "wrong password here");
            answers.Add(page.Status);
            if (page.Status == HttpStatusCode.TooManyRequests) return (page, answers);
        }

        throw new InvalidOperationException("Fifteen guesses and no end.");
    }
}
