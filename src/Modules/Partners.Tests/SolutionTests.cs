using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Graph;
using Trellis.Partners.Listing;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Solutions;
using Trellis.Partners.WordLists;

namespace Trellis.Partners.Tests;

public sealed class SolutionTests
{
    [SkippableTheory, Databases]
    public async Task A_solution_names_a_partner_from_its_own_yes_on_and_strangers_read_the_listed_ones_only(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two, three) = (await world.PartnerAsync("Alpha Ward"), await world.PartnerAsync("Beta Data"), await world.PartnerAsync("Gamma Ops"));
        var (alpha, beta, gamma) = (await AdminAsync(world, one, "Alpha Ward"), await AdminAsync(world, two, "Beta Data"), await AdminAsync(world, three, "Gamma Ops"));
        var id = (await SaveAsync(world, null, new SolutionInput("Connected ward", "All of it from one hand.", "Healthcare", Public: true))).Value;
        foreach (var (partner, does) in new[] { (one, "Sells it"), (two, "Keeps the data"), (three, "Runs it") }) (await AskAsync(world, id, partner, does)).Problem.ShouldBeNull();
        (await AskAsync(world, id, one, "Twice")).Problem!.Code.ShouldBe("partners.solution_part_there");

        // Asked, not in it: its own part and nobody else's name.
        (await AnswerAsync(alpha, id, true)).Problem.ShouldBeNull();
        var asked = (await beta.DoAsync<Work, IReadOnlyList<SolutionDetails>>(w => SolutionList.OfPartnerAsync(w, two, default))).ShouldHaveSingleItem();
        asked.Parts.Select(p => p.Name).ShouldBe(["Beta Data"]);
        (await AnswerAsync(beta, id, true)).Problem.ShouldBeNull();
        (await AnswerAsync(beta, id, true)).Problem!.Code.ShouldBe("partners.solution_answered");
        (await AnswerAsync(gamma, id, false)).Problem.ShouldBeNull();
        var inside = (await beta.DoAsync<Work, Result<SolutionDetails>>(w => SolutionList.FindAsync(w, id, default))).Value;
        inside.Parts.Select(p => p.Name).ShouldBe(["Alpha Ward", "Beta Data"]);
        (await gamma.DoAsync<Work, Result<SolutionDetails>>(w => SolutionList.FindAsync(w, id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AnswerAsync(await AdminAsync(world, await world.PartnerAsync("Delta"), "Delta"), id, true)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var stranger = await PartnerWorld.FoundAsync(database);
        (await stranger.Operations.DoAsync<Work, Result<SolutionDetails>>(w => SolutionList.FindAsync(w, id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        // The public page: two that are listed by their own wish.
        (await world.Tenant.Administrator.DoAsync<SetDirectory, Result<Done>>(s => s.RunAsync(new DirectoryInput(true, false, "Find us", null), default))).Problem.ShouldBeNull();
        using var anybody = new HttpClient { BaseAddress = new Uri(world.Tenant.App.Address) };
        (await anybody.GetStringAsync($"/partners/solutions?program={world.Tenant.Id}")).ShouldNotContain("Connected ward");
        foreach (var (person, partner) in new[] { (alpha, one), (beta, two) }) (await person.DoAsync<SetListing, Result<Done>>(s => s.RunAsync((partner, new ListingInput(true)), default))).Problem.ShouldBeNull();
        var page = await anybody.GetStringAsync($"/partners/solutions?program={world.Tenant.Id}");
        page.ShouldContain("Connected ward");
        page.ShouldNotContain("Gamma");

        using var portal = await alpha.PagesAsync();
        (await portal.GetAsync("/portal/solutions")).Text.ShouldContain("Keeps the data");
        using var staff = await world.Operations.PagesAsync();
        (await staff.GetAsync($"/app/partners/solutions/{id}")).Text.ShouldContain("Beta Data");
        (await staff.GetAsync($"/app/partners/{one}")).Text.ShouldContain("Connected ward");
        (await AnswerAsync(alpha, id, false)).Problem.ShouldBeNull();
        (await anybody.GetStringAsync($"/partners/solutions?program={world.Tenant.Id}")).ShouldNotContain("Connected ward");
    }

    [SkippableTheory, Databases]
    public async Task A_solution_lies_within_another_one_but_never_within_itself(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var outer = (await SaveAsync(world, null, new SolutionInput("Outer", "All."))).Value;
        var inner = (await SaveAsync(world, null, new SolutionInput("Inner", "A part.", Parent: outer))).Value;
        (await SaveAsync(world, outer, new SolutionInput("Outer", "All.", Parent: inner))).Problem!.Errors.Keys.ShouldBe(["parent"]);
        (await SaveAsync(world, null, new SolutionInput("Inner", "Again."))).Problem!.Errors.Keys.ShouldBe(["name"]);
        (await world.Operations.DoAsync<Work, Result<SolutionDetails>>(w => SolutionList.FindAsync(w, outer, default))).Value.Contains.Select(c => c.Name).ShouldBe(["Inner"]);
        (await world.Operations.DoAsync<DropSolution, Result<Done>>(d => d.RunAsync(outer, default))).Problem.ShouldBeNull();
        (await world.Operations.DoAsync<Work, Result<SolutionDetails>>(w => SolutionList.FindAsync(w, inner, default))).Value.Parent.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_list_of_words_puts_them_right_and_a_closed_one_takes_no_others(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var old = await world.PartnerAsync("Old Hand", p => p with { Competencies = "k8s, Basket weaving" });
        (await KeepAsync(world, TraitKind.Competency, "Kubernetes = k8s, kube\nNetworks = networks")).Problem.ShouldBeNull();
        (await KeepAsync(world, TraitKind.Competency, "Kubernetes = k8s\nKube = K8S")).Problem!.Errors.Keys.ShouldBe(["words"]);
        (await KeepAsync(world, TraitKind.Language, "", closed: true)).Problem!.Errors.Keys.ShouldBe(["closed"]);

        var fresh = await world.PartnerAsync("Fresh", p => p with { Competencies = "KUBE; Pottery" });
        (await world.ReadAsync(fresh)).Competencies.ShouldBe("Kubernetes; Pottery".Split("; "));
        var strays = (await world.Operations.DoAsync<Work, WordListDetails>(w => WordListPages.LoadAsync(w, TraitKind.Competency, default))).Strays;
        strays.Select(s => (s.Word, s.Right)).ShouldBe([("Basket weaving", null), ("Pottery", null), ("k8s", "Kubernetes")], ignoreOrder: true);
        (await world.Operations.DoAsync<AlignWords, Result<int>>(a => a.RunAsync(TraitKind.Competency, default))).Value.ShouldBe(1);
        (await world.ReadAsync(old)).Competencies.ShouldBe("Kubernetes; Basket weaving".Split("; "));

        (await KeepAsync(world, TraitKind.Competency, "Kubernetes = k8s, kube\nNetworks", closed: true)).Problem.ShouldBeNull();
        var admin = await AdminAsync(world, old, "Old Hand");
        (await admin.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((old, new ProfileChanges { Competencies = "Kubernetes; Basket weaving; Networks", Phone = "030 1" }), default))).Problem.ShouldBeNull("what it holds already may stay");
        (await admin.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((old, new ProfileChanges { Competencies = "Juggling" }), default))).Problem!.Errors["competencies"][0].ShouldContain("Choose of: Kubernetes, Networks");
        (await admin.DoAsync<KeepWordList, Result<TraitKind>>(k => k.RunAsync((TraitKind.Competency, new WordListInput("Mine", true)), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        using var api = await world.Operations.ApiAsync();
        (await api.PutAsJsonAsync("/api/v1/word-lists/technology", new { words = "Kafka = Apache Kafka", closed = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((old, new ExpertiseChanges { Technologies = "apache kafka" }), default))).Problem.ShouldBeNull();
        (await admin.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((old, new ExpertiseChanges { Technologies = "Abacus" }), default))).Problem!.Errors.Keys.ShouldBe(["technologies"]);
        (await api.GetAsync("/api/v1/word-lists/nonsense")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync("/app/partners/word-lists?kind=technology")).Text.ShouldContain("Take only these words");
        var stranger = await PartnerWorld.FoundAsync(database);
        await stranger.PartnerAsync("Free", p => p with { Competencies = "Juggling" });
    }

    [Fact]
    public void No_name_of_the_picture_lies_on_another_one_or_on_a_node()
    {
        var chance = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            (int X, int Y, int Radius, string Name)[] nodes = [.. Enumerable.Range(0, 60).Select(i => (chance.Next(20, 960), chance.Next(20, 840), 6 + (i % 8), new string('m', chance.Next(4, 24))))];
            var places = Labels.Place(nodes, 980, 860);
            places.Count(p => p is not null).ShouldBeGreaterThan(20);
            List<(double L, double T, double R, double B, int Of)> boxes = [];
            for (var i = 0; i < nodes.Length; i++)
            {
                if (places[i] is not { } p) continue;
                var w = nodes[i].Name.Length * 6.0;
                var left = p.Side switch { LabelSide.Start => p.X, LabelSide.End => p.X - w, _ => p.X - (w / 2) };
                boxes.Add((left, p.Y - 10, left + w, p.Y + 2, i));
            }

            foreach (var a in boxes)
            {
                (a.L >= 0 && a.R <= 980 && a.T >= 0 && a.B <= 860).ShouldBeTrue();
                boxes.ShouldNotContain(b => b.Of != a.Of && a.L < b.R && b.L < a.R && a.T < b.B && b.T < a.B);
                nodes.Where((n, i) => i != a.Of && n.X + n.Radius > a.L && n.X - n.Radius < a.R && n.Y + n.Radius > a.T && n.Y - n.Radius < a.B).ShouldBeEmpty();
            }
        }
    }

    private static Task<TestPerson> AdminAsync(PartnerWorld world, PartnerId partner, string name) => world.Tenant.PartnerPersonAsync(partner, name, Roles.PartnerAdmin);

    private static Task<Result<SolutionGroupId>> SaveAsync(PartnerWorld world, SolutionGroupId? id, SolutionInput input) => world.Operations.DoAsync<SaveSolution, Result<SolutionGroupId>>(s => s.RunAsync((id, input), default));

    private static Task<Result<Done>> AskAsync(PartnerWorld world, SolutionGroupId id, PartnerId partner, string does) => world.Operations.DoAsync<AskForPart, Result<Done>>(a => a.RunAsync(new NewPart(id, partner, does), default));

    private static Task<Result<Done>> AnswerAsync(TestPerson person, SolutionGroupId id, bool accept) => person.DoAsync<AnswerPart, Result<Done>>(a => a.RunAsync(new PartAnswer(id, accept), default));

    private static Task<Result<TraitKind>> KeepAsync(PartnerWorld world, TraitKind kind, string words, bool closed = false) =>
        world.Operations.DoAsync<KeepWordList, Result<TraitKind>>(k => k.RunAsync((kind, new WordListInput(words, closed)), default));
}
