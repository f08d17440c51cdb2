using System.Collections.Concurrent;
using System.Reflection;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>
/// All refusals that the modules can give, read off their <c>…Problems</c> classes: each is a static function, called here with placeholders.
/// </summary>
internal static class ProblemCatalogue
{
    private static readonly ConcurrentDictionary<ModuleList, IReadOnlyList<Problem>> Known = new();

    public static IReadOnlyList<Problem> Of(ModuleList modules) => Known.GetOrAdd(modules, Read);

    private static IReadOnlyList<Problem> Read(ModuleList modules) =>
    [
        .. modules.Modules.SelectMany(m => m.GetType().Assembly.GetTypes())
            .Where(t => t is { IsAbstract: true, IsSealed: true } && t.Name.EndsWith("Problems", StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(m => m.ReturnType == typeof(Problem) && !m.IsGenericMethod)
            .Select(m => (Problem)m.Invoke(null, [.. m.GetParameters().Select(p => Placeholder(p.ParameterType))])!)
            .GroupBy(p => p.Code).Select(g => g.First()).OrderBy(p => p.Code, StringComparer.Ordinal),
    ];

    private static object? Placeholder(Type type) =>
        type == typeof(string) ? "…"
        : type.IsEnum ? Enum.GetValues(type).GetValue(0)
        : type.IsValueType ? Activator.CreateInstance(type)
        : type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()) ? Array.CreateInstance(item, 0)
        : null;
}
