using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Answering;

/// <summary>Computes for every segment how soon its partners were answered, over the last twelve months. It reads for long and writes for a moment.</summary>
internal sealed class MeasureAnswers(Work work, IEnumerable<IPromisedAnswers> sources, IEnumerable<ICompanyPromise> company) : IJob, IRecurring
{
    public const string Kind = "partners.measure_answers";

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct) => (await RunAsync(ct)).Then<string>(_ => "The answer times are computed.");

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, figures) = (work.Now, await FiguresAsync(ct));
        return await work.TransactAsync<Done>(Kind, async () =>
        {
            await work.LockAsync(Kind, ct);
            await work.Db.Set<AnswerFigure>().ExecuteDeleteAsync(ct);
            await work.Db.Set<AnswerRun>().ExecuteDeleteAsync(ct);
            await work.Db.Engine.InsertAsync(work.Db, figures, ct);
            work.Db.Add(new AnswerRun { TenantId = work.Tenant, At = now });
            return default(Done);
        }, ct);
    }

    private async Task<List<AnswerFigure>> FiguresAsync(CancellationToken ct)
    {
        var now = work.Now;
        var facts = new List<AskedFact>();
        foreach (var source in sources) facts.AddRange(await source.SinceAsync(work, now.AddYears(-1), ct));
        int? decide = company.FirstOrDefault() is { } promise ? await promise.DecideHoursAsync(ct) : null;
        var figures = new List<AnswerFigure>();
        Add(default, null, null, facts);
        foreach (var segment in await work.Db.Set<Segment>().AsNoTracking().OrderBy(s => s.Name).Take(SaveSegment.Most).ToListAsync(ct))
        {
            var members = (await segment.Read().Among(work.Db, work.Db.Set<Partner>().AsNoTracking(), now).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
            Add(segment.Id, segment.DecideHours, segment.AnswerHours, [.. facts.Where(f => members.Contains(f.Partner))]);
        }

        return figures;

        void Add(SegmentId id, int? decideHours, int? answerHours, List<AskedFact> own)
        {
            foreach (var kind in Enum.GetValues<AskedKind>())
            {
                var hours = kind == AskedKind.Message ? answerHours : decideHours is { } shorter && (decide is null || shorter < decide) ? shorter : decide;
                var asked = own.Where(f => f.Kind == kind);
                // What was promised for a registration is kept with it; a message is measured by what its segment promises now.
                if (kind == AskedKind.Message && answerHours is { } promised) asked = asked.Select(f => f with { PromisedBy = work.Settings.Calendar.Plus(f.AskedAt, TimeSpan.FromHours(promised)) });
                figures.Add(AnswerFigures.Of(work.Tenant, id, kind, hours, [.. asked], now));
            }
        }
    }
}

/// <summary>When the figures were last computed.</summary>
internal sealed class AnswerRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime At { get; init; }
}
