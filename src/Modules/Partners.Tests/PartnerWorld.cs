using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

/// <summary>A tenant with its people, made through use cases.</summary>
internal sealed class PartnerWorld(TestTenant tenant, TestPerson operations, TestPerson manager)
{
    public TestTenant Tenant => tenant;
    public TestPerson Operations => operations;
    public TestPerson Manager => manager;

    public static async Task<PartnerWorld> FoundAsync(Database database) => await FoundAsync(await TestApp.SharedAsync(database));

    public static async Task<PartnerWorld> FoundAsync(TestApp app)
    {
        var tenant = await app.TenantAsync();
        return new PartnerWorld(tenant, await tenant.StaffAsync(Roles.ChannelOperations), await tenant.StaffAsync(Roles.PartnerManager));
    }

    public async Task<PartnerId> PartnerAsync(string name, Func<NewPartner, NewPartner>? with = null)
    {
        var input = new NewPartner(name, "DE", PartnerType.Reseller) { State = PartnerState.Active };
        var made = await operations.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(with?.Invoke(input) ?? input, default));
        made.Problem.ShouldBeNull();
        return made.Value;
    }

    public async Task<PartnerDetails> ReadAsync(PartnerId id) => (await operations.DoAsync<Work, Result<PartnerDetails>>(w => PartnerPage.LoadAsync(w, id, default))).Value;

    public Task<Result<PartnerState>> MoveAsync(PartnerId id, PartnerTrigger on, string? reason = null) =>
        operations.DoAsync<ChangeState, Result<PartnerState>>(c => c.RunAsync((id, new StateChange(on, reason)), default));

    /// <summary>Waives all that is open on the way out.</summary>
    public async Task SettleAllAsync(PartnerId id)
    {
        foreach (var step in await operations.DoAsync<Checklist, IReadOnlyList<StepItem>>(c => c.OfAsync(id, default)))
            (await operations.DoAsync<SettleStep, Result<Done>>(s => s.RunAsync((id, step.Id, new StepChange(StepState.Waived, "Test")), default))).Problem.ShouldBeNull();
    }

    public Task<List<string>> MailsToAsync(string address) =>
        tenant.AsSystemAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == address).Select(m => m.Body).ToListAsync());
}
