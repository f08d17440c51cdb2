using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Tests;

/// <summary>A vendor with partners, for whom receipts are issued as a use case of another module does it.</summary>
internal sealed class ReceiptWorld
{
    private static int _next;

    private ReceiptWorld(TestTenant tenant) => Tenant = tenant;

    public TestTenant Tenant { get; }

    public static async Task<ReceiptWorld> CreateAsync(TestApp app) => new(await app.TenantAsync());

    public async Task<TestPerson> PartnerAsync()
    {
        var name = $"Partner {Interlocked.Increment(ref _next)}";
        var made = await Tenant.Administrator.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner(name, "DE", PartnerType.Reseller) { State = PartnerState.Active, Motions = [Motion.Resell], EvenIfSimilar = true }, default));
        made.Problem.ShouldBeNull();
        return await Tenant.PartnerPersonAsync(made.Value, name, Roles.PartnerAdmin);
    }

    /// <summary>One act with one receipt; refused after it was issued if so wanted.</summary>
    public Task<Result<ReceiptId>> IssueAsync(PartnerId partner, string subject = "deal_00000000000000000000000000000001", bool refuse = false) => Tenant.AsSystemAsync<IServiceProvider, Result<ReceiptId>>(services =>
    {
        var work = services.GetRequiredService<Work>();
        return work.TransactAsync<ReceiptId>("test.act", async () =>
        {
            var issued = await services.GetRequiredService<Issuer>().IssueAsync(new NewReceipt(ReceiptKind.DealRegistered, subject, partner, "Globex: Relay", new ReceiptFacts { { "amount", 100_00L }, { "currency", "USD" } })
            { Personal = new Dictionary<string, string?> { ["by"] = "Rosa Delgado" } }, default);
            return refuse ? Problem.Invalid("x", "No.") : issued.Id;
        }, default);
    });

    public Task SealAsync() => Tenant.AsSystemAsync<SealReceipts, Result<int>>(s => s.RunAsync(500, default));

    public Task<List<T>> AllAsync<T>() where T : class => Tenant.AsSystemAsync<Work, List<T>>(w => w.Db.Set<T>().AsNoTracking().ToListAsync());

    public static Task<Result<ReceiptDetails>> SeeAsync(TestPerson person, ReceiptId id) => person.DoAsync<Work, Result<ReceiptDetails>>(w => ReceiptRecord.LoadAsync(w, id, default));
}
