using AngleSharp.Dom;

namespace Trellis.Deals.Tests;

/// <summary>What the rules went by is said in the reader's language, to the last sentence.</summary>
public sealed class LanguageTests
{
    private static readonly string[] English = ["Owned by", "No direct seller owns it", "same name", "other country", "Review by version"];

    [SkippableTheory, Databases]
    public async Task The_decision_says_who_owns_a_likely_account_and_why_it_is_likely_in_the_readers_language(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        await world.ImportAsync("accounts", "account,country,owner\nUnstrut Robotics GmbH,AT,Bea Best\nHelme Robotics GmbH,AT,\n");
        await world.OpportunityAsync("OP-9", "Helme Robotics GmbH", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10));
        var partner = await world.PartnerAsync();
        var owned = await world.RegisterAsync(partner, world.Fields("Unstrut Robotics"));
        var free = await world.RegisterAsync(partner, world.Fields("Helme Robotics"));
        foreach (var (language, owner, nobody, why) in new[] { ("de", "Zuständig: Bea Best.", "Kein Direktverkäufer ist zuständig.", "gleicher Name bis auf die Rechtsform; anderes Land (Österreich)"), ("ar", "يتولاها Bea Best.", "لا يتولاها بائع مباشر.", "الاسم نفسه عدا الشكل القانوني; بلد آخر (النمسا)") })
        {
            (await CardAsync(world, language, owned.Id)).ShouldSatisfyAllConditions(t => t.ShouldContain(owner), t => t.ShouldContain(why), t => English.ShouldAllBe(e => !t.Contains(e)));
            (await CardAsync(world, language, free.Id)).ShouldSatisfyAllConditions(t => t.ShouldContain(nobody), t => English.ShouldAllBe(e => !t.Contains(e)));
        }

        (await CardAsync(world, "en", owned.Id)).ShouldContain("Owned by Bea Best.");
    }

    private static async Task<string> CardAsync(DealWorld world, string language, Trellis.Deals.Published.DealId deal)
    {
        using var pages = await world.Manager.PagesAsync();
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        return (await pages.GetAsync($"/app/deals/{deal}")).Document.QuerySelector("#decision").ShouldNotBeNull().Text();
    }
}
