using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>A partner passes a customer's interest to the vendor.</summary>
internal sealed class PassToVendor(Work work, Passer passer, CustomFields fields) : UseCase<Interest, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Refer;

    protected override async Task<Result<LeadId>> HandleAsync(Interest input, CancellationToken ct)
    {
        var partner = await Registration.PartnerAsync(Work, ct);
        if (!partner.Ok) return partner.Problem;
        if (input.Check(new Check()).Problem is { } problem) return problem;
        var own = await fields.FillAsync(LeadRecords.Name, input.Fields, ct);
        if (!own.Ok) return own.Problem;
        var passed = await passer.ToVendorAsync(input, partner.Value.Id, ct);
        if (passed.Ok) Db.AddRange(RecordType<LeadId>.RowsOf(Work.Tenant, passed.Value, own.Value));
        return passed;
    }
}
