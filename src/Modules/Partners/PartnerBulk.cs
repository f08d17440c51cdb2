using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Partners that can be changed many at once: the same filters as the list.</summary>
internal sealed class PartnerBulk(Work work, CustomFields fields) : IBulkRecords
{
    public string Record => "partners";

    public string Plural => "partners";

    public string List => "/app/partners";

    public Permission View => PartnersPermissions.View;

    public async Task<IReadOnlyList<BulkItem>> FindAsync(IReadOnlyDictionary<string, string?> query, IReadOnlyCollection<string>? ids, int most, CancellationToken ct)
    {
        var asked = new QueryCollection(query.ToDictionary(q => q.Key, q => new StringValues(q.Value)));
        var rows = ids is null
            ? await PartnerList.MatchingAsync(work, PartnerQuery.Of(asked).Read() with { Fields = await fields.ConditionsAsync(Record, FieldWish.Read(asked), ct) }, ct)
            : work.Db.Set<Partner>().AsNoTracking().Where(p => ids.Select(Ids.Parse<PartnerId>).OfType<PartnerId>().ToList().Contains(p.Id) && p.MergedInto == null);
        var found = await rows.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(most).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. found.Select(p => new BulkItem(p.Id.ToString(), p.Name))];
    }
}

/// <summary>Many partners get a manager.</summary>
internal sealed class BulkManager(Work work, AssignManager assign) : IBulkAction
{
    public string Record => "partners";

    public string Code => "assign_manager";

    public string Label => "Assign a manager";

    public Permission Permission => PartnersPermissions.AssignManager;

    public async Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => [new("none", "Nobody"), .. (await Managers.AllAsync(work, ct)).Select(m => new BulkValue(m.Id.ToString(), m.Name))];

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        (await assign.RunAsync((Ids.Parse<PartnerId>(subject) ?? default, Ids.Parse<PersonId>(argument)), ct)).Problem;
}

/// <summary>Many partners move along their lifecycle; each that may not is refused.</summary>
internal sealed class BulkPartnerState(ChangeState change) : IBulkAction
{
    public string Record => "partners";

    public string Code => "change_state";

    public string Label => "Change the status";

    public Permission Permission => PartnersPermissions.ChangeState;

    public bool HasReason => true;

    public Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<BulkValue>>([.. Enum.GetValues<PartnerTrigger>().Select(t => new BulkValue(Words.Of(t), Words.Label(t)))]);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct) =>
        (await change.RunAsync((Ids.Parse<PartnerId>(subject) ?? default, new StateChange(Words.Parse<PartnerTrigger>(argument), reason)), ct)).Problem;
}
