using System.Globalization;
using Trellis.Deals.Life.Uploads;

namespace Trellis.Deals.Web;

/// <summary>The columns of a table as they are chosen on the page.</summary>
internal sealed class UploadColumnsForm
{
    /// <summary>Column by field; empty for nowhere.</summary>
    public Dictionary<string, string?> Columns { get; set; } = [];

    public static UploadColumnsForm Of(UploadDetail upload) => new() { Columns = upload.Columns.ToDictionary(c => c.Key, string? (c) => c.Value.ToString(CultureInfo.InvariantCulture)) };

    public Dictionary<string, int> Read() => Columns.Where(c => !string.IsNullOrEmpty(c.Value))
        .ToDictionary(c => c.Key, c => int.TryParse(c.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var column) ? column : -1);
}
