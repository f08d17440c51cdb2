using System.Diagnostics.CodeAnalysis;

namespace Trellis.Kernel;

/// <summary>The kinds of refusal; each has one HTTP status.</summary>
public enum ProblemKind
{
    /// <summary>422: the input breaks a rule; errors stand per field.</summary>
    Invalid,

    /// <summary>403: the actor may not do this.</summary>
    Denied,

    /// <summary>404: no such thing, or not for this actor; the two are not told apart.</summary>
    Missing,

    /// <summary>409: another fact stands in the way.</summary>
    Conflict,

    /// <summary>412: somebody else changed it first.</summary>
    Stale,

    /// <summary>503 or 429: try again later.</summary>
    Busy,
}

/// <summary>An expected refusal: what went wrong, in words for a person and a stable code for a program.</summary>
/// <param name="Kind">The kind, which fixes the HTTP status.</param>
/// <param name="Code">A stable code such as <c>deals.protected</c>.</param>
/// <param name="Message">One plain sentence that says what to do.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Message)
{
    /// <summary>Messages per field, in the input's own names; empty unless <see cref="ProblemKind.Invalid"/>.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = NoErrors;

    /// <summary>The facts that a person needs to act on: until when, which state, what is allowed.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = NoFacts;

    /// <summary>For <see cref="ProblemKind.Busy"/>: too many tries, and how long to wait until the next one is looked at.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status of this problem.</summary>
    public int Status => Kind switch
    {
        ProblemKind.Invalid => 422,
        ProblemKind.Denied => 403,
        ProblemKind.Missing => 404,
        ProblemKind.Conflict => 409,
        ProblemKind.Stale => 412,
        _ => RetryAfter is null ? 503 : 429,
    };

    /// <summary>Nothing is there, or nothing that this actor may see.</summary>
    public static Problem Missing(string what) => new(ProblemKind.Missing, "missing", $"There is no such {what}.");

    /// <summary>The actor lacks the permission.</summary>
    public static Problem Denied(Permission permission) =>
        new(ProblemKind.Denied, "denied", $"You may not do this: it needs the permission “{permission.Label}”.")
        { Facts = new Dictionary<string, object?> { ["permission"] = permission.Code } };

    /// <summary>Somebody looks through another person's eyes.</summary>
    public static Problem OnlyLooking() =>
        new(ProblemKind.Denied, "viewing", "You are looking through somebody else’s eyes and cannot change anything. Stop looking first.");

    /// <summary>Somebody else changed the record since it was read.</summary>
    public static Problem Stale() =>
        new(ProblemKind.Stale, "stale", "Somebody else has changed this in the meantime. Look at it again, then repeat your change.");

    /// <summary>One field is wrong.</summary>
    public static Problem Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>Several fields are wrong.</summary>
    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(ProblemKind.Invalid, "invalid", errors.Count == 1 ? errors.First().Value[0] : "Some fields need attention.") { Errors = errors };

    private static readonly Dictionary<string, string[]> NoErrors = [];
    private static readonly Dictionary<string, object?> NoFacts = [];
}

/// <summary>A value, or the one problem that stands in its way.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    /// <summary>The refusal, or null on success.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    /// <summary>The value. Asking a refusal for its value is a bug.</summary>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem.Code}: {Problem.Message}");

    /// <summary>Applies <paramref name="next"/> to the value, or passes the problem on.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Problem is null ? next(_value!) : Problem;

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>The value of a use case that has nothing to return.</summary>
public readonly record struct Done;

/// <summary>Collects messages per field while an input is read.</summary>
public sealed class Check
{
    private readonly Dictionary<string, List<string>> _errors = [];

    /// <summary>Adds the message unless the rule holds.</summary>
    public Check That(bool rule, string field, string message)
    {
        if (rule) return this;
        if (!_errors.TryGetValue(field, out var list)) _errors[field] = list = [];
        list.Add(message);
        return this;
    }

    /// <summary>Required text within a length, without characters that no name has.</summary>
    public Check Text(string? value, string field, string label, int max = 200, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(value)) return That(!required, field, $"{label} is needed.");
        That(value.Length <= max, field, $"{label} may have at most {max} characters.");
        return That(Trellis.Kernel.Text.IsClean(value), field, $"{label} contains characters that cannot be stored.");
    }

    /// <summary>A currency in use, by its code.</summary>
    public Check Currency(string? code, string field = "currency", bool required = true) =>
        That(code is null ? !required : Currencies.IsKnown(code), field, "Choose a currency of the list (ISO 4217).");

    /// <summary>The problem with all messages, or null when every rule held.</summary>
    public Problem? Problem =>
        _errors.Count == 0 ? null : Trellis.Kernel.Problem.Invalid(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));
}
