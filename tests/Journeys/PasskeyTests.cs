using Microsoft.Playwright;

namespace Trellis.Journeys.Tests;

/// <summary>A passkey from beginning to end, in a real browser with an authenticator of its own (the WebAuthn domain of the browser's protocol).</summary>
public sealed class PasskeyTests
{
    [SkippableFact]
    public async Task A_passkey_is_added_signs_in_without_a_password_confirms_and_is_removed()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var tenant = await app.TenantAsync();
        // Browsers take no numbers for the name of a site.
        await using var visit = await Visit.BeginAsync(app.Address.Replace("127.0.0.1", "localhost"));
        var browser = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await browser.SendAsync("WebAuthn.enable");
        var added = await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        var authenticator = added!.Value.GetProperty("authenticatorId").GetString()!;

        await visit.SignInAsync(tenant.Administrator.Email, TestPerson.Password);
        await visit.GoAsync("/account/passkeys");
        await visit.FillAsync(("Input.Name", "My key"));
        await visit.PressAsync("Add a passkey");
        await visit.WaitForAsync("can sign you in now");
        await visit.LookAsync();
        await visit.GoAsync("/account/security");
        await visit.LookAsync();
        await SignOutAsync(visit);

        await visit.PressAsync("Sign in with a passkey");
        await visit.Page.WaitForURLAsync("**/app");
        await visit.GoAsync("/account/security");
        (await visit.TextAsync()).ShouldContain("Passkey");

        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await visit.GoAsync("/account/passkeys");
        (await visit.TextAsync()).ShouldContain("Confirm that it is you");
        await visit.LookAsync();
        // What the browser answers is kept, to be sent a second time.
        var sent = new TaskCompletionSource<(string Url, string Body)>();
        visit.Page.Request += (_, request) => { if (request.Method == "POST" && request.PostData?.Contains("confirm-passkey", StringComparison.Ordinal) == true) sent.TrySetResult((request.Url, request.PostData)); };
        await visit.PressAsync("Use a passkey");
        await visit.WaitForAsync("Your passkeys");
        var (url, body) = await sent.Task;
        var again = await visit.Page.Context.APIRequest.PostAsync(url, new() { DataString = body, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" }, MaxRedirects = 0 });
        again.Status.ShouldBe(422, "an answer counts once");

        await visit.PressAsync("Remove");
        await visit.WaitForAsync("no longer signs you in");
        await SignOutAsync(visit);
        await visit.PressAsync("Sign in with a passkey");
        await visit.WaitForAsync("was not accepted");

        await browser.SendAsync("WebAuthn.removeVirtualAuthenticator", new Dictionary<string, object> { ["authenticatorId"] = authenticator });
        visit.ShouldBeFaultless();
    }

    private static async Task SignOutAsync(Visit visit)
    {
        await visit.GoAsync("/app");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "account menu" }).ClickAsync();
        await visit.PressAsync("Sign out");
    }
}
