namespace Trellis.Journeys.Tests;

/// <summary>The shortest journey; it also proves that the harness sees what it is there to see.</summary>
public sealed class SignInTests
{
    [SkippableTheory, BothDatabases]
    public async Task Somebody_is_refused_then_signs_in_and_out_again(Database database)
    {
        BriefRun.AsksOnlySqlite(database);
        var app = await TestApp.SharedAsync(database);
        var person = (await app.TenantAsync()).Administrator;
        await using var visit = await Visit.BeginAsync(app.Address);
        await visit.GoAsync("/app/people");
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await visit.LookAsync();

        await visit.Form("sign-in").GetByLabel("E-mail address").FillAsync(person.Email);
        await visit.Form("sign-in").GetByLabel("Password").FillAsync("the password of nobody");
        await visit.PressAsync("Sign in", visit.Form("sign-in"));
        (await visit.TextAsync()).ShouldContain("do not belong together");
        (await visit.Form("sign-in").GetByLabel("E-mail address").InputValueAsync()).ShouldBe(person.Email, "what was typed is kept");
        await visit.LookAsync();

        await visit.Form("sign-in").GetByLabel("Password").FillAsync(TestPerson.Password);
        await visit.PressAsync("Sign in", visit.Form("sign-in"));
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/app/people", "the page that was asked for");
        await visit.LookAsync();

        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "account menu" }).ClickAsync();
        await visit.PressAsync("Sign out");
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        visit.ShouldBeFaultless();
    }

    [SkippableFact]
    public async Task The_harness_sees_a_button_without_a_name_an_error_of_a_script_and_refused_content()
    {
        var app = await TestApp.SharedAsync(Database.Sqlite);
        await using var visit = await Visit.BeginAsync(app.Address);
        await visit.GoAsync("/sign-in");
        await visit.Page.EvaluateAsync("""
            () => {
              document.querySelector('main').append(document.createElement('button'));
              setTimeout(() => { throw new Error('on purpose'); });
              const style = document.createElement('style');
              style.textContent = 'main { color: red }';
              document.head.append(style);
            }
            """);
        await visit.LookAsync();

        visit.Faults.ShouldContain(f => f.Contains("button-name"));
        visit.Faults.ShouldContain(f => f.Contains("on purpose"));
        visit.Faults.ShouldContain(f => f.Contains("style-src"));
    }
}
