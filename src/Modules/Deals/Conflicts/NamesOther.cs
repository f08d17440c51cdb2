using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Conflicts;

/// <summary>Whether words that both sides read name one of them: by the whole name, or by a word that is its own.</summary>
internal static class NamesOther
{
    private const int Shortest = 4;

    // Words that many companies carry, and that a reason may need.
    private static readonly HashSet<string> Common =
    [
        "partner", "partners", "consulting", "consultants", "solutions", "solution", "systems", "system", "services", "service", "software", "technology", "technologies", "digital", "global",
        "international", "group", "data", "cloud", "network", "networks", "business", "information", "security", "europe", "america", "germany", "deutschland", "north", "south", "east", "west",
        "integration", "management", "company", "first", "future", "direct", "trade", "sales", "customer", "team", "work", "shared", "claim", "other", "side", "deal",
    ];

    /// <summary>The word or name that must not stand there, or null.</summary>
    public static string? In(string text, IEnumerable<string> partners, IEnumerable<string?> allowed)
    {
        var (folded, said) = (Text.Fold(text), Words(text));
        var free = allowed.OfType<string>().SelectMany(Words).ToHashSet();
        foreach (var name in partners.Where(n => Text.Fold(n) is { Length: >= Shortest }))
        {
            var own = Words(name);
            if (folded.Contains(Text.Fold(name), StringComparison.Ordinal) && own.Any(w => !free.Contains(w))) return name;
            if (own.FirstOrDefault(w => w.Length >= Shortest && !Common.Contains(w) && !free.Contains(w) && said.Contains(w)) is { } word) return word;
        }

        return null;
    }

    /// <summary>The same of the two partners of a conflict, and of the other one alone where only one of them reads it. On one deal they know each other.</summary>
    public static async Task<string?> InAsync(Work work, Conflict conflict, string text, PartnerId? reader, CancellationToken ct)
    {
        if (conflict.Kind == ConflictKind.Credit || conflict.OtherPartnerId is not { } other || other == conflict.PartnerId) return null;
        PartnerId[] sides = [.. new[] { conflict.PartnerId, other }.Where(p => p != reader)];
        var names = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => sides.Contains(p.Id)).Select(p => p.Name).ToListAsync(ct);
        return In(text, names, [conflict.CustomerName]);
    }

    private static HashSet<string> Words(string text) => [.. Customers.NameKey(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
