namespace Trellis.Compute.Matching;

/// <summary>One company as some list writes it; any field may be missing (null or blank) or dirty.</summary>
/// <param name="Name">The name as written, with legal form and decorations.</param>
/// <param name="Domain">A host, URL or e-mail address; see <see cref="Domains"/>.</param>
/// <param name="TaxNumber">VAT or registration number in any punctuation.</param>
/// <param name="Country">English name, ISO 3166 alpha-2 or alpha-3.</param>
/// <param name="City">Town as written.</param>
/// <param name="Postcode">Postal code as written.</param>
/// <param name="Sector">Industry label as written.</param>
public sealed record CompanyRecord(
    string? Name,
    string? Domain = null,
    string? TaxNumber = null,
    string? Country = null,
    string? City = null,
    string? Postcode = null,
    string? Sector = null);

/// <summary>The same seven fields as spans, so that a file can be read without a string for each cell.</summary>
public readonly ref struct CompanyFields
{
    public ReadOnlySpan<char> Name { get; init; }
    public ReadOnlySpan<char> Domain { get; init; }
    public ReadOnlySpan<char> TaxNumber { get; init; }
    public ReadOnlySpan<char> Country { get; init; }
    public ReadOnlySpan<char> City { get; init; }
    public ReadOnlySpan<char> Postcode { get; init; }
    public ReadOnlySpan<char> Sector { get; init; }

    internal static CompanyFields Of(CompanyRecord record) => new()
    {
        Name = record.Name,
        Domain = record.Domain,
        TaxNumber = record.TaxNumber,
        Country = record.Country,
        City = record.City,
        Postcode = record.Postcode,
        Sector = record.Sector,
    };
}
