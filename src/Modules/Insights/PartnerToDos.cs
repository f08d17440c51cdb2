using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Insights;

/// <summary>Steps of onboardings that wait for the reader's side, and applications that wait for an answer.</summary>
internal sealed class PartnerToDos(Work work) : IToDoSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<ToDo>> OfAsync(CancellationToken ct)
    {
        List<ToDo> todos = [];
        var (waiting, queue) = await PartnerTasks.ApplicationsAsync(work, ct);
        if (waiting > 0) todos.Add(new($"{Capped.Text(waiting)} applications wait for your answer", "Companies that want to become a partner have confirmed their address.", queue, "Answer"));
        var (numbers, agreements) = await PartnerTasks.RenewalsAsync(work, Most, ct);
        todos.AddRange(numbers.Select(n => new ToDo($"Shall the agreement {n} go on?", "Your partner manager proposes to renew it.", agreements, "Answer")));
        foreach (var task in await PartnerTasks.OfAsync(work, Most, ct))
        {
            var day = Reading.Day(task.DueOn.ToDateTime(TimeOnly.MinValue));
            todos.Add(new($"Onboarding: {task.Title}", task.DueOn < work.Today ? $"Overdue since {day}: {task.PartnerName}" : $"Due on {day}: {task.PartnerName}", task.Href, "Open"));
        }

        return todos;
    }
}
