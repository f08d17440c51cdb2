using System.Text.RegularExpressions;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life.Intake;

/// <summary>What a forwarded mail says about a deal: pure. It guesses little: a draft is completed by a person.</summary>
internal static partial class DraftOfMail
{
    private const int LongestStory = 3_000;

    public static DealFields Read(ReadMail mail, IReadOnlyDictionary<string, ProductId> products, string currency, string senderDomain)
    {
        var lines = mail.Body.Split('\n').Select(l => l.Trim('\r', ' ', '\t', '>', '*')).ToList();
        string? Line(params ReadOnlySpan<string> names)
        {
            foreach (var line in lines)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon is <= 0 or > 40) continue;
                var label = Text.Fold(line[..colon]);
                foreach (var name in names)
                {
                    if (label == name) return Text.OrNull(line[(colon + 1)..]);
                }
            }

            return null;
        }

        // Whoever wrote the mail that was forwarded, unless it was a colleague.
        var writer = lines.Where(l => Original().IsMatch(l)).Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
            .Select(l => (Name: Text.OrNull(Brackets().Replace(l, "").Trim('"', ' ', '(', ')')), Address: MailText.Address(l)))
            .FirstOrDefault(w => w.Address is not null && !w.Address.EndsWith("@" + senderDomain, StringComparison.Ordinal));
        var contactMail = Line("contact e-mail", "contact email", "e-mail", "email") is { } typed ? MailText.Address(typed) : writer.Address;
        var domain = Customer.Domain(Line("web site", "website", "domain")) ?? Customer.Domain(contactMail);
        var subject = Prefixes().Replace(mail.Subject, "").Trim();
        var country = Line("country") is { } named ? Countries.All.FirstOrDefault(c => Text.Fold(c.Name) == Text.Fold(named) || c.Code == named.ToUpperInvariant())?.Code : null;
        var amount = Amount(Line("amount", "value", "deal value"), currency);
        return new DealFields
        {
            CustomerName = Short(Line("customer", "company", "account", "end customer") ?? (domain is null ? Text.OrNull(subject) : NameOf(domain)) ?? "Unnamed customer", 200),
            CustomerDomain = domain,
            Country = country,
            Product = Line("product") is { } product && products.TryGetValue(Text.Fold(product), out var id) ? id
                : products.Where(p => p.Key.Length > 2 && Text.Fold(subject).Contains(p.Key, StringComparison.Ordinal)).Select(p => (ProductId?)p.Value).FirstOrDefault(),
            // Where nothing is said, or what nobody sells in, it is open until a person registers it.
            Motion = Uploads.UploadSheet.Motion(Line("motion", "sales motion")) is { } motion && DealMotion.Selling.Contains(motion) ? motion : null,
            Amount = amount?.Minor,
            Currency = amount is { } read && read.Currency != currency ? read.Currency : null,
            ExpectedClose = DateOnly.TryParse(Line("expected close", "close", "close date"), System.Globalization.CultureInfo.InvariantCulture, out var close) ? close : null,
            ContactName = Line("contact", "contact name") is { } contact ? Short(contact, 200) : writer.Name is { } name ? Short(name, 200) : null,
            ContactEmail = contactMail is { Length: <= 200 } ? contactMail : null,
            WorkDone = Text.OrNull(Text.Storable(mail.Body, LongestStory)),
            NextStep = Line("next step") is { } next ? Short(next, 1000) : null,
        };
    }

    /// <summary>An amount with or without its currency before or behind it; null when it is none, or of a currency that is not known.</summary>
    public static Money? Amount(string? written, string currency)
    {
        if (written is null || Figure().Match(written) is not { Success: true } figure) return null;
        var codes = new[] { figure.Groups["before"].Value, figure.Groups["behind"].Value }.Where(c => c.Length > 0).Select(c => c switch { "€" => "EUR", "£" => "GBP", _ => c.ToUpperInvariant() }).ToList();
        if (codes.Count > 1 || (codes.Count == 1 && !Currencies.IsKnown(codes[0]))) return null;
        return Money.Parse(figure.Groups["amount"].Value, codes.Count == 0 ? currency : codes[0]) is { Minor: > 0 } money ? money : null;
    }

    // helvetia-optics.example reads as Helvetia Optics.
    private static string NameOf(string domain) =>
        string.Join(' ', domain.Split('.')[0].Split('-', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static string Short(string text, int max) => Text.Storable(text, max);

    [GeneratedRegex(@"^(?<before>[A-Za-z]{3}|€|£)?\s*(?<amount>[0-9][0-9.,'’\s]*[0-9]|[0-9])\s*(?<behind>[A-Za-z]{3}|€|£)?$")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^(From|Von|De|Da|Od|Van)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Original();

    [GeneratedRegex(@"<[^>]*>|\[mailto:[^\]]*\]|\S+@\S+")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"^((Fwd?|WG|TR|Re|AW|I)\s*:\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Prefixes();
}
