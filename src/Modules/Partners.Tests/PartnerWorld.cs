using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
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

    public Task<List<string>> MailsToAsync(string address) =>
        tenant.AsSystemAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == address).Select(m => m.Body).ToListAsync());
}
