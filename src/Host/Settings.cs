using Microsoft.Extensions.Configuration;

namespace Trellis.Host;

/// <summary>What the operator may set, by environment variables.</summary>
internal sealed record Settings(string DataFolder, string? Postgres, bool Demo, bool Migrate, string? Files = null)
{
    /// <summary>
    /// <c>TRELLIS_DATA</c>: the data folder (default <c>.trellis</c>). <c>TRELLIS_DATABASE</c>: a PostgreSQL connection string; without it SQLite in
    /// the data folder. <c>TRELLIS_ADDRESS</c>: our address in mails. <c>TRELLIS_FILES</c>: a bucket for uploaded files
    /// (<c>s3://key:secret@host/bucket?region=…</c>); without it they lie in the data folder. <c>TRELLIS_DEMO=off</c>: begin empty. <c>TRELLIS_MIGRATE=off</c>: a separate step brings the schema up to date.
    /// </summary>
    public static Settings From(IConfiguration configuration) => new(
        Path.GetFullPath(configuration["TRELLIS_DATA"] is { Length: > 0 } folder ? folder : ".trellis"),
        configuration["TRELLIS_DATABASE"] is { Length: > 0 } database ? database : null,
        configuration["TRELLIS_DEMO"] != "off",
        configuration["TRELLIS_MIGRATE"] != "off",
        configuration["TRELLIS_FILES"] is { Length: > 0 } files ? files : null);
}
