using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Merging;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

/// <summary>What is written after a merge: to the record that went, and to the one that stayed.</summary>
public sealed class MergedAwayTests
{
    [SkippableTheory, Databases]
    public async Task Nothing_is_written_to_a_partner_that_has_become_part_of_another(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (stays, goes) = (await world.PartnerAsync("Stays"), await world.PartnerAsync("Goes", p => p with { Motions = [Motion.Resell] }));
        using var api = await world.Operations.ApiAsync();
        var person = (await world.Tenant.StaffAsync(Roles.PartnerManager)).Actor.Person;
        (await MergeAsync(world, stays, goes)).Problem.ShouldBeNull();
        (HttpMethod Method, string Path, object Body)[] writes =
        [
            (HttpMethod.Post, "notes", new { text = "Lost?" }), (HttpMethod.Post, "messages", new { text = "Lost?" }),
            (HttpMethod.Post, "contacts", new { name = "Ann", email = "ann@lost.example", function = "sales" }),
            (HttpMethod.Put, "motions/resell", new { tier = "gold" }), (HttpMethod.Delete, "motions/resell", new { }), (HttpMethod.Put, "manager", new { manager = person.ToString() }),
            (HttpMethod.Put, "tier", new { tier = "gold", reason = "Lost?" }), (HttpMethod.Post, "tags", new { add = "lost" }), (HttpMethod.Patch, "", new { description = "Lost?" }),
            (HttpMethod.Post, "offboarding/end-access", new { }),
        ];
        foreach (var (method, path, body) in writes)
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/partners/{goes}/{path}".TrimEnd('/')) { Content = JsonContent.Create(body) };
            (await api.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
        }

        async Task<Problem?> RunAsync<TCase, TInput, TOutput>(TInput input) where TCase : UseCase<TInput, TOutput> => (await world.Operations.DoAsync<TCase, Result<TOutput>>(c => c.RunAsync(input, default))).Problem;
        (await RunAsync<AddNote, (PartnerId, NewNote), NoteId>((goes, new NewNote("Lost?")))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<AddContact, (PartnerId, NewContact), ContactId>((goes, new NewContact("Ann", "ann@lost.example", ContactFunction.Sales)))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<SetMotion, (PartnerId, Motion, MotionSetting), Motion>((goes, Motion.Resell, new MotionSetting(null, null, Tier.Gold, null)))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<EndMotion, (PartnerId, Motion), Motion>((goes, Motion.Resell))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<AssignManager, (PartnerId, PersonId?), PartnerId>((goes, person))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<AssignTier, TierAssignment, Tier>(new TierAssignment(goes, Tier.Gold, "Lost?"))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<EndAccess, PartnerId, int>(goes)).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
        (await RunAsync<Records.MessagePartner, (PartnerId, Records.Message), NoteId>((goes, new Records.Message("Lost?")))).ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, Databases]
    public async Task Taking_a_merge_back_leaves_what_was_changed_since(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (stays, goes) = (await world.PartnerAsync("Weser Systems", p => p with { City = "Bremen", Employees = 10 }), await world.PartnerAsync("Weser Sys.", p => p with { City = "Minden", Website = "weser.example", Employees = 40, EvenIfSimilar = true }));
        await TellAsync(stays, new ExpertiseChanges { Technologies = "Kafka", Founded = 1990, LeadCapacity = 3 });
        await TellAsync(goes, new ExpertiseChanges { Technologies = "Spark", Customers = 70 });
        var merge = await MergeAsync(world, stays, goes, "city", "employees");
        (await world.Operations.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((stays, new ProfileChanges { Phone = "0421 77", Employees = 55 }), default))).Problem.ShouldBeNull();
        (await world.Operations.DoAsync<AssignManager, Result<PartnerId>>(a => a.RunAsync((stays, world.Manager.Actor.Person), default))).Problem.ShouldBeNull();
        await TellAsync(stays, new ExpertiseChanges { LeadCapacity = 8, Founded = 1991 });

        (await world.Operations.DoAsync<UndoMerge, Result<PartnerId>>(u => u.RunAsync(merge.Value, default))).Problem.ShouldBeNull();

        (await world.ReadAsync(stays)).ShouldSatisfyAllConditions(p => p.City.ShouldBe("Bremen"), p => p.Domain.ShouldBeNull(), p => p.Phone.ShouldBe("0421 77"), p => p.Employees.ShouldBe(55), p => p.Manager.ShouldNotBeNull());
        (await world.Operations.DoAsync<Work, ExpertiseDetails>(w => SetExpertise.LoadAsync(w, stays, default))).ShouldSatisfyAllConditions(
            e => e.Technologies.ShouldBe(["Kafka"]), e => e.LeadCapacity.ShouldBe(8), e => e.Founded.ShouldBe(1991), e => e.Customers.ShouldBeNull());

        Task TellAsync(PartnerId id, ExpertiseChanges told) => world.Operations.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((id, told), default));
    }

    [SkippableTheory, Databases]
    public async Task Reinstated_and_kept_on_a_partner_stands_where_it_stood_before(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Early", p => p with { State = PartnerState.Onboarding });
        (await world.MoveAsync(id, PartnerTrigger.Suspend, "Papers.")).Value.ShouldBe(PartnerState.Suspended);
        (await world.MoveAsync(id, PartnerTrigger.Reinstate)).Value.ShouldBe(PartnerState.Onboarding);
        (await world.MoveAsync(id, PartnerTrigger.Suspend, "Papers again.")).Value.ShouldBe(PartnerState.Suspended);
        (await world.MoveAsync(id, PartnerTrigger.Offboard, "Enough.")).Value.ShouldBe(PartnerState.Offboarding);
        (await world.MoveAsync(id, PartnerTrigger.KeepOn)).Problem!.Errors.Keys.ShouldContain("reason");
        (await world.MoveAsync(id, PartnerTrigger.KeepOn, "They begged.")).Value.ShouldBe(PartnerState.Suspended, "no way around the reason of the suspension");
        (await world.MoveAsync(id, PartnerTrigger.Reinstate)).Value.ShouldBe(PartnerState.Onboarding);
        var brought = await world.PartnerAsync("Brought in", p => p with { State = PartnerState.Onboarding });
        (await world.MoveAsync(brought, PartnerTrigger.Suspend, "Papers.")).Ok.ShouldBeTrue();
        var subject = brought.ToString();
        await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<Transition>().Where(t => t.Subject == subject).ExecuteDeleteAsync());
        (await world.MoveAsync(brought, PartnerTrigger.Reinstate)).Value.ShouldBe(PartnerState.Active, "nobody knows where it stood");
    }

    [SkippableTheory, Databases]
    public async Task The_checklist_rests_when_the_partner_is_gone_and_its_days_lie_ahead(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Ended");
        (await world.MoveAsync(id, PartnerTrigger.Offboard, "Sold.")).Ok.ShouldBeTrue();
        var step = (await world.Operations.DoAsync<Checklist, IReadOnlyList<StepItem>>(c => c.OfAsync(id, default)))[0];
        var today = await world.Operations.DoAsync<Work, DateOnly>(w => Task.FromResult(w.Today));
        foreach (var day in new[] { today.AddDays(-1), today.AddYears(6) }) (await SettleAsync(new StepChange(null, DueOn: day))).Problem!.Errors.Keys.ShouldContain("dueOn");
        (await SettleAsync(new StepChange(null, DueOn: today.AddDays(9)))).Problem.ShouldBeNull();
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync($"/app/partners/{id}/offboarding")).Document.QuerySelector("time").ShouldNotBeNull();
        await world.SettleAllAsync(id);
        (await world.MoveAsync(id, PartnerTrigger.End, "Done.")).Ok.ShouldBeTrue();
        (await SettleAsync(new StepChange(StepState.Open))).Problem!.Code.ShouldBe("partners.not_offboarding");
        (await pages.GetAsync($"/app/partners/{id}/offboarding")).Document.QuerySelector("form[name^='settle']").ShouldBeNull();

        Task<Result<Done>> SettleAsync(StepChange change) => world.Operations.DoAsync<SettleStep, Result<Done>>(s => s.RunAsync((id, step.Id, change), default));
    }

    private static Task<Result<MergeId>> MergeAsync(PartnerWorld world, PartnerId into, PartnerId from, params string[] take) =>
        world.Operations.DoAsync<MergePartners, Result<MergeId>>(m => m.RunAsync((into, new PartnerMergeInput(from, take, "The same company.")), default));
}
