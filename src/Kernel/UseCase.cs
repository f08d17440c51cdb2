using System.Diagnostics;

namespace Trellis.Kernel;

/// <summary>
/// One thing that somebody can do. Checks the permission, runs the handler in one transaction, and saves state, audit, transitions and
/// outbox rows together; on a problem nothing is saved. Page, API, bulk action and assistant all call <see cref="RunAsync"/>.
/// </summary>
public abstract class UseCase<TInput, TOutput>(Work work)
{
    private static readonly ActivitySource Source = new("Trellis");

    protected Work Work => work;

    protected Db Db => work.Db;

    /// <summary>What the actor must be allowed to do.</summary>
    protected abstract Permission Permission { get; }

    /// <summary>Load facts, decide, change, publish. Never saves by itself.</summary>
    protected abstract Task<Result<TOutput>> HandleAsync(TInput input, CancellationToken ct);

    public async Task<Result<TOutput>> RunAsync(TInput input, CancellationToken ct)
    {
        var name = Permission.Code.Split('.')[0] + "." + Words.Snake(GetType().Name);
        using var activity = Source.StartActivity(name);
        if (!work.Actor.May(Permission)) return Problem.Denied(Permission);
        var result = await work.TransactAsync(name, () => HandleAsync(input, ct), ct);
        if (!result.Ok) activity?.SetStatus(ActivityStatusCode.Error, result.Problem.Code);
        return result;
    }
}
