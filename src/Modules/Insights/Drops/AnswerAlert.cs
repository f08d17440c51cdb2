using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights.Drops;

/// <summary>What a person does about an alert.</summary>
internal sealed record AlertAnswer(AlertId Alert, AlertTrigger On, string? Reason = null);

/// <summary>A person looks into an alert, or closes it.</summary>
internal sealed class AnswerAlert(Work work) : UseCase<AlertAnswer, AlertId>(work)
{
    protected override Permission Permission => DropPermissions.Handle;

    protected override async Task<Result<AlertId>> HandleAsync(AlertAnswer input, CancellationToken ct)
    {
        if (new Check().Text(input.Reason, "reason", "The reason", 500, required: false).Problem is { } problem) return problem;
        if (await Db.Set<RegistrationAlert>().SingleOrDefaultAsync(a => a.Id == input.Alert, ct) is not { } alert) return Problem.Missing("alert");
        var moved = alert.Move(Work, input.On, Text.OrNull(input.Reason));
        return moved.Ok ? alert.Id : moved.Problem;
    }
}
