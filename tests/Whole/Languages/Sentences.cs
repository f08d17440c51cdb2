using System.Globalization;
using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests.LanguagesOfPeople;

/// <summary>
/// The sentences that the code puts together and pages retell: refusals above all, and what histories, news and jobs say. Each is the key of an entry.
/// </summary>
internal static partial class Sentences
{
    // What only programmers and operators read is English: faults, the command line, the API's own answers, and what directories and mail servers are told.
    private static readonly string[] ForPrograms =
    [
        "Console", "new Command", "new RootCommand", "new Option", "WithSummary", "WithDescription", "AddDocumentTransformer", "HealthCheckResult", "SmtpRefusal", "SmtpAnswer", "AuthenticateResult", "Scim", "LogError", "LogWarning",
    ];

    private static readonly string[] FilesForPrograms =
    [
        "/Host/", "/Scim/", "Demo", "/Showcase/", "Kernel/Web.cs", "Identity/Sessions.cs", "Identity/TokenOfPerson.cs", "Passkeys/PasskeyPeople.cs", "Privacy/ExportPersonalData.cs",
    ];

    private static readonly Lazy<List<(string Place, string Key)>> Read = new(() =>
    [
        .. CataloguesTests.Own(".cs").Concat(CataloguesTests.Own(".razor")).Where(f => !Array.Exists(FilesForPrograms, f.Contains))
            .SelectMany(file => In(File.ReadAllText(file), file.EndsWith(".razor", StringComparison.Ordinal)).Select(s => ($"{Path.GetFileName(file)}:{s.Line}", s.Key))),
    ]);

    private static readonly Lazy<HashSet<string>> Known = new(() => [.. Read.Value.Select(s => s.Key)]);

    /// <summary>Each with the place where it stands.</summary>
    public static IReadOnlyList<(string Place, string Key)> All => Read.Value;

    public static IReadOnlySet<string> Keys => Known.Value;

    /// <summary>The sentences of one file; of a page, those of its code and those that it gives to components.</summary>
    public static IEnumerable<(int Line, string Key)> In(string code, bool page = false)
    {
        var from = 0;
        if (page)
        {
            from = code.IndexOf("@code", StringComparison.Ordinal) is >= 0 and var begin ? begin : code.Length;
            foreach (var quoted in Quoted().Matches(Singular().Replace(code[..from], "T(")).Select(m => Numbered(Value().Replace(m.Groups[1].Value, "{0}"))).Where(IsSentence)) yield return (1, quoted);
        }

        foreach (var said in SaidInCode.In(code, from).Where(s => !s.Calls.Any(IsForPrograms)))
        {
            var call = said.Calls.FirstOrDefault() ?? "";
            // The singular of a counted thing is no entry; its plural is.
            if (call == "T" && said.Argument == 1) continue;
            if (call.EndsWith("Problem.Missing", StringComparison.Ordinal)) yield return (said.Line, Numbered($"There is no such {said.Key}."));
            else if ((call == "Text" || call.EndsWith(".Text", StringComparison.Ordinal)) && said.Argument >= 2) yield return (said.Line, Numbered(said.Key));
            else
                foreach (var line in said.Key.Split('\n').Select(l => Numbered(l.Trim())).Where(IsSentence)) yield return (said.Line, line);
        }
    }

    private static bool IsForPrograms(string call) => call.EndsWith("Exception", StringComparison.Ordinal) || Array.Exists(ForPrograms, p => call.StartsWith(p, StringComparison.Ordinal) || call.EndsWith(p, StringComparison.Ordinal));

    private static bool IsSentence(string text) => text.Contains(' ') && Whole().IsMatch(text) && Place().Replace(text, "").Any(char.IsLetter);

    // Lines are retold one by one, and the text of a rule names its facts: {protection_days}. Either way a key counts its places from 0.
    private static string Numbered(string text)
    {
        var place = 0;
        return Place().Replace(text, _ => string.Create(CultureInfo.InvariantCulture, $"{{{place++}}}"));
    }

    [GeneratedRegex(@"""([“„A-Z{][^""<>]*[.?!])""")]
    private static partial Regex Quoted();

    // The first of two texts in T(n, "{0} deal", "{0} deals").
    [GeneratedRegex(@"\bT\([^""]{1,80}, ""[^""]*"", ")]
    private static partial Regex Singular();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Value();

    [GeneratedRegex(@"^[“„{A-Z].*[.?!]$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\{(\d|[a-z_]+)\}")]
    private static partial Regex Place();
}
