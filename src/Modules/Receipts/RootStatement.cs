namespace Trellis.Receipts;

/// <summary>The published statement about one day, read back from its text.</summary>
internal sealed record RootStatement(string Issuer, string Day, long First, long Last, string Root, string Head, string Previous, string Key)
{
    public long Count => Last - First + 1;

    public static RootStatement? Read(string text)
    {
        if (Canonical.Read(text) is not { Count: 9 } s || !s.TryGetValue("format", out var format) || format is not Statements.RootFormat) return null;
        return Word(s, "issuer") is { } issuer && Word(s, "day") is { } day && Number(s, "first") is { } first && Number(s, "last") is { } last && Word(s, "root") is { } root
            && Word(s, "head") is { } head && Word(s, "previous") is { } previous && Word(s, "key") is { } key
            ? new RootStatement(issuer, day, first, last, root, head, previous, key) : null;
    }

    private static string? Word(SortedDictionary<string, object> from, string name) => from.GetValueOrDefault(name) as string;

    private static long? Number(SortedDictionary<string, object> from, string name) => from.GetValueOrDefault(name) as long?;
}
