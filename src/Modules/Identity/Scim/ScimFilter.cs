using System.Linq.Expressions;
using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A filter of RFC 7644, section 3.4.2.2, as a predicate that the database evaluates: and, or, not, brackets, and comparisons of attributes.</summary>
internal sealed class ScimFilter<T>
{
    private const int Deepest = 20;
    private readonly IReadOnlyDictionary<string, Expression> _attributes;
    private readonly ParameterExpression _row;
    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    private ScimFilter(string text, ParameterExpression row, IReadOnlyDictionary<string, Expression> attributes) =>
        (_tokens, _row, _attributes) = (Tokens(text), row, attributes);

    /// <param name="text">The filter.</param>
    /// <param name="attributes">The attributes in lower case and where they stand; text is compared in the case of the column.</param>
    public static Result<Expression<Func<T, bool>>> Read(string text, IReadOnlyDictionary<string, Expression<Func<T, object?>>> attributes)
    {
        if (text.Length > 2000 || !Text.IsClean(text)) return ScimProblems.InvalidFilter("it is too long or contains characters that cannot be stored.");
        var row = Expression.Parameter(typeof(T), "row");
        var bodies = attributes.ToDictionary(a => a.Key, a => new Swap(a.Value.Parameters[0], row).Visit(Bare(a.Value.Body)));
        try
        {
            var filter = new ScimFilter<T>(text, row, bodies);
            var body = filter.Or();
            return filter._at == filter._tokens.Count ? Expression.Lambda<Func<T, bool>>(body, row) : ScimProblems.InvalidFilter($"“{filter._tokens[filter._at]}” is not expected.");
        }
        catch (FormatException exception)
        {
            return ScimProblems.InvalidFilter(exception.Message);
        }
    }

    private Expression Or()
    {
        if (++_depth > Deepest) throw new FormatException("it is nested too deeply.");
        var left = And();
        while (Take("or")) left = Expression.OrElse(left, And());
        _depth--;
        return left;
    }

    private Expression And()
    {
        var left = One();
        while (Take("and")) left = Expression.AndAlso(left, One());
        return left;
    }

    private Expression One()
    {
        if (Take("not")) return Expression.Not(Bracket());
        return _at < _tokens.Count && _tokens[_at] == "(" ? Bracket() : Comparison();
    }

    private Expression Bracket()
    {
        if (!Take("(")) throw new FormatException("a bracket is missing.");
        var inner = Or();
        return Take(")") ? inner : throw new FormatException("a bracket is not closed.");
    }

    private Expression Comparison()
    {
        var name = Next().ToLowerInvariant();
        // An attribute may carry the name of its schema.
        if (name.StartsWith("urn:", StringComparison.Ordinal)) name = name[(name.LastIndexOf(':') + 1)..];
        if (!_attributes.TryGetValue(name, out var attribute)) throw new FormatException($"“{name}” cannot be filtered by.");
        var op = Next().ToLowerInvariant();
        if (op == "pr") return attribute.Type == typeof(string) ? Expression.NotEqual(attribute, Expression.Constant(null, typeof(string))) : Expression.Constant(true);
        var value = Value(Next(), attribute.Type);
        if (attribute.Type != typeof(string))
        {
            return op switch
            {
                "eq" => Expression.Equal(attribute, value),
                "ne" => Expression.NotEqual(attribute, value),
                "gt" when attribute.Type == typeof(DateTime) => Expression.GreaterThan(attribute, value),
                "ge" when attribute.Type == typeof(DateTime) => Expression.GreaterThanOrEqual(attribute, value),
                "lt" when attribute.Type == typeof(DateTime) => Expression.LessThan(attribute, value),
                "le" when attribute.Type == typeof(DateTime) => Expression.LessThanOrEqual(attribute, value),
                _ => throw new FormatException($"“{op}” does not fit this attribute."),
            };
        }

        return op switch
        {
            "eq" => Expression.Equal(attribute, value),
            "ne" => Expression.NotEqual(attribute, value),
            "co" => Expression.Call(attribute, nameof(string.Contains), null, value),
            "sw" => Expression.Call(attribute, nameof(string.StartsWith), null, value),
            "ew" => Expression.Call(attribute, nameof(string.EndsWith), null, value),
            _ => throw new FormatException($"there is no operator “{op}”."),
        };
    }

    private static Expression Value(string token, Type type)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(token);
            if (type == typeof(bool)) return Expression.Constant(json.ValueKind == JsonValueKind.String ? bool.Parse(json.GetString()!) : json.GetBoolean());
            if (json.ValueKind != JsonValueKind.String) throw new FormatException("a text is written between quotation marks.");
            var text = json.GetString()!;
            if (type == typeof(DateTime)) return Captured(json.GetDateTimeOffset().UtcDateTime);
            if (typeof(ITypedId).IsAssignableFrom(type)) return (Expression)typeof(ScimFilter<T>).GetMethod(nameof(Id), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [text])!;
            return Captured(text.ToLowerInvariant());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"“{token}” is no value for it.");
        }
    }

    private static MemberExpression Id<TId>(string text) where TId : struct, ITypedId<TId>
    {
        Ids.TryParse<TId>(text, out var id);
        return Captured(id);
    }

    private static MemberExpression Captured<TValue>(TValue value) => Expression.Field(Expression.Constant(new Box<TValue> { Value = value }), nameof(Box<TValue>.Value));

    private string Next() => _at < _tokens.Count ? _tokens[_at++] : throw new FormatException("it ends too early.");

    private bool Take(string word)
    {
        if (_at >= _tokens.Count || !string.Equals(_tokens[_at], word, StringComparison.OrdinalIgnoreCase)) return false;
        _at++;
        return true;
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == ' ')
            {
                i++;
                continue;
            }

            var start = i;
            if (text[i] is '(' or ')') i++;
            else if (text[i] == '"')
            {
                for (i++; i < text.Length && text[i] != '"'; i++)
                    if (text[i] == '\\') i++;
                i = Math.Min(i + 1, text.Length);
            }
            else
            {
                // emails[type eq "work"].value is one attribute: what stands in square brackets belongs to its name.
                for (var depth = 0; i < text.Length && (depth > 0 || text[i] is not (' ' or '(' or ')')); i++) depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
            }

            tokens.Add(text[start..i]);
        }

        return tokens;
    }

    private static Expression Bare(Expression body) => body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : body;

    private sealed class Box<TValue>
    {
        public required TValue Value;
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
