namespace Trellis.Kernel;

/// <summary>What was refused among many things that are done one after the other: the rest goes on, and the first refusal is told in the end.</summary>
public sealed class Refusals
{
    private Problem? _first;

    /// <summary>Notes a refusal, if it is one, and returns the result.</summary>
    public Result<T> Note<T>(Result<T> result)
    {
        if (!result.Ok) _first ??= result.Problem;
        return result;
    }

    /// <summary>Done, or the first refusal.</summary>
    public Result<Done> End => _first is null ? default(Done) : _first;
}
