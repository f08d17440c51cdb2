using System.Text;

namespace Trellis.Kernel;

/// <summary>A lifecycle that can be drawn and checked without knowing its types.</summary>
public interface IMachine
{
    /// <summary>The name, which is also the name of its diagram.</summary>
    string Name { get; }

    /// <summary>The diagram as Mermaid text, generated from the table.</summary>
    string Diagram();
}

/// <summary>A lifecycle as data: from which state which trigger leads where. One table serves entity, API, pages, diagram and tests.</summary>
public sealed class Machine<TState, TTrigger> : IMachine where TState : struct, Enum where TTrigger : struct, Enum
{
    private readonly (TState From, TTrigger On, TState To)[] _rows;
    private readonly ILookup<(TState, TTrigger), TState> _next;

    /// <summary>A table in which each trigger leads from each state to one state.</summary>
    /// <exception cref="ArgumentException">Two rows answer the same question.</exception>
    public Machine(string name, params (TState From, TTrigger On, TState To)[] rows) : this(name, [], rows)
    {
    }

    /// <summary>A table in which some triggers lead to one of several states: the first row of such a trigger is where nobody wants another.</summary>
    /// <exception cref="ArgumentException">Two rows of another trigger answer the same question, or a row stands there twice.</exception>
    public Machine(string name, TTrigger[] choosing, params (TState From, TTrigger On, TState To)[] rows)
    {
        foreach (var twice in rows.GroupBy(r => (r.From, r.On, choosing.Contains(r.On) ? r.To : default)).Where(g => g.Count() > 1))
            throw new ArgumentException($"The table {name} answers twice what {twice.Key.On} does in {twice.Key.From}.", nameof(rows));
        Name = name;
        _rows = rows;
        _next = rows.ToLookup(r => (r.From, r.On), r => r.To);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>All moves, in the order they were written.</summary>
    public IReadOnlyList<(TState From, TTrigger On, TState To)> Rows => _rows;

    /// <summary>The triggers that are allowed in a state.</summary>
    public IReadOnlyList<TTrigger> Allowed(TState state) => [.. _rows.Where(r => r.From.Equals(state)).Select(r => r.On).Distinct()];

    /// <summary>Whether the trigger is allowed in the state.</summary>
    public bool Allows(TState state, TTrigger on) => _next.Contains((state, on));

    /// <summary>The next state, or a conflict that names the state and what is allowed instead. Where there are several, the one that is wanted, or else the first one of the table.</summary>
    public Result<TState> Next(TState state, TTrigger on, TState? wanted = null) =>
        _next.Contains((state, on))
            ? wanted is { } to && _next[(state, on)].Contains(to) ? to : _next[(state, on)].First()
            : new Problem(ProblemKind.Conflict, $"{Name}.not_allowed",
                $"“{Words.Label(on)}” is not possible while the status is “{Words.Label(state)}”.")
            {
                Facts = new Dictionary<string, object?>
                {
                    ["state"] = Words.Of(state),
                    ["allowed"] = Allowed(state).Select(Words.Of).ToArray(),
                },
            };

    /// <inheritdoc />
    public string Diagram()
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        foreach (var (from, on, to) in _rows) text.Append($"    {Words.Of(from)} --> {Words.Of(to)}: {Words.Of(on)}\n");
        foreach (var state in Enum.GetValues<TState>().Where(s => Allowed(s).Count == 0)) text.Append($"    {Words.Of(state)} --> [*]\n");
        return text.ToString();
    }
}
