using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Verifier;

/// <summary>
/// The verifier as one file that anybody keeps and opens without a network: a page with its own script, in the language of whoever asks. It is handed out as a download and never shown
/// by this server, whose own pages run no script that stands in them.
/// </summary>
internal static partial class VerifierPage
{
    private const string NoWords = "const WORDS = {};";
    private const string English = "<html lang=\"en\" dir=\"ltr\">";

    // What receipts of deals, leads, earnings and payments tell most; another name is shown as it stands in the file.
    private const string Names = """
        customer customer_domain country city product amount currency expected_close submitted state reason reason_code protected_until protected_until_before promised_by rules_version
        by_the_rules_alone holds_the_deal outcome about role tier tier_before motion title deal plan compensation payable_from lines reference direction offered answer_by by contact contact_mail
        tax_number work_done next_step in_their_words
        """;

    private static IEnumerable<string> Labels =>
        [.. Enum.GetValues<ReceiptKind>().Select(k => Words.Of(k)).Concat(Names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(FileCheck.Label), .. Enum.GetValues<Motion>().Select(PartnerWords.Label)];

    private static readonly Lazy<string> Template = new(() =>
    {
        using var reader = new StreamReader(typeof(VerifierPage).Assembly.GetManifestResourceStream("verifier.html")!);
        return reader.ReadToEnd();
    });

    /// <summary>Every sentence that the page says.</summary>
    public static IReadOnlyList<string> Sentences => [.. Said().Matches(Template.Value).Select(m => m.Groups["script"].Success ? m.Groups["script"].Value : m.Groups["text"].Value).Distinct()];

    public static void Map(IEndpointRouteBuilder web) =>
        web.MapGet("/receipts/verifier.html", () => Results.File(System.Text.Encoding.UTF8.GetBytes(Write()), "text/html; charset=utf-8", "trellis-verifier.html")).AllowAnonymous().ExcludeFromDescription();

    /// <summary>The page in the language of the moment.</summary>
    public static string Write()
    {
        if (Languages.Current is not { Catalogue: { } catalogue } language) return Template.Value;
        var words = Sentences.Concat(Labels).Distinct().Select(s => (Key: s, Said: catalogue.Find(s) ?? s)).Where(w => w.Said != w.Key).ToDictionary(w => w.Key, w => w.Said);
        return Template.Value
            .Replace(NoWords, $"const WORDS = {JsonSerializer.Serialize(words)};", StringComparison.Ordinal)
            .Replace(English, $"<html lang=\"{language.Code}\" dir=\"{(language.IsRightToLeft ? "rtl" : "ltr")}\">", StringComparison.Ordinal);
    }

    [GeneratedRegex("""\bt\("(?<script>[^"\\]+)"|data-t>(?<text>[^<]+)<""")]
    private static partial Regex Said();
}
