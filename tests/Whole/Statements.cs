using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Trellis.Whole.Tests;

/// <summary>Watches every statement that this process sends and keeps those that touch a tenant's table without naming the tenant.</summary>
internal sealed partial class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly HashSet<string> _tables;
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly ConcurrentDictionary<string, string> _seen = [];

    private Statements(HashSet<string> tables) => _tables = tables;

    public IEnumerable<string> Faults => _seen.Values.Where(f => f.Length > 0);

    public static Statements Watch(HashSet<string> tables)
    {
        var watch = new Statements(tables);
        watch._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(watch));
        return watch;
    }

    public static HashSet<string> TablesOf(Db db) =>
        [.. db.Model.GetEntityTypes().Where(e => typeof(ITenantOwned).IsAssignableFrom(e.ClrType)).Select(e => e.GetTableName()).OfType<string>()];

    /// <summary>What is wrong with a statement, or null. What runs over all tenants says so in its first line.</summary>
    public static string? FaultOf(string sql, HashSet<string> tables)
    {
        if (sql.StartsWith("-- all tenants: ", StringComparison.Ordinal) || Nothing().IsMatch(sql)) return null;
        foreach (Match use in Uses().Matches(sql))
        {
            var table = use.Groups["table"].Value;
            if (!tables.Contains(table)) continue;
            var alias = use.Groups["alias"].Value;
            var named = alias.Length > 0 ? sql.Contains($"\"{alias}\".\"tenant_id\"", StringComparison.Ordinal) || sql.Contains($"{alias}.tenant_id", StringComparison.Ordinal) : sql.Contains("tenant_id", StringComparison.Ordinal);
            if (!named) return $"{table}{(alias.Length > 0 ? $" as {alias}" : "")}: {sql}";
        }

        return null;
    }

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == DbLoggerCategory.Name) _subscriptions.Add(listener.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> happened)
    {
        if (happened.Key == RelationalEventId.CommandExecuting.Name && happened.Value is CommandEventData { Command.CommandText: var sql })
            _seen.GetOrAdd(sql, text => FaultOf(text, _tables) ?? "");
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }

    // What EF makes of a search among no values.
    [GeneratedRegex("""WHERE (0|FALSE)\s*(GROUP BY|ORDER BY|LIMIT|$)""")]
    private static partial Regex Nothing();

    [GeneratedRegex("""(?:FROM|JOIN|UPDATE|INTO)\s+"?(?<table>[a-z_]+)"?(?:\s+AS\s+"?(?<alias>[a-z_0-9]+)"?)?""")]
    private static partial Regex Uses();
}
