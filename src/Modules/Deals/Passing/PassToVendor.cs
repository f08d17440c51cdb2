using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>A partner passes a customer's interest to the vendor.</summary>
internal sealed class PassToVendor(Work work, Passer passer) : UseCase<Interest, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Refer;

    protected override async Task<Result<LeadId>> HandleAsync(Interest input, CancellationToken ct)
    {
        var partner = await Registration.PartnerAsync(Work, ct);
        if (!partner.Ok) return partner.Problem;
        return input.Check(new Check()).Problem is { } problem ? problem : await passer.ToVendorAsync(input, partner.Value.Id, ct);
    }
}
