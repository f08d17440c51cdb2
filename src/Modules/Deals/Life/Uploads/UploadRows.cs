using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

/// <summary>Looks at the rows of an upload as a registration by hand would be looked at.</summary>
internal static class UploadRows
{
    public static void Check(Work work, Upload upload, IEnumerable<UploadRow> rows, IReadOnlyDictionary<string, ProductId> products, IReadOnlyList<CustomField> own)
    {
        var columns = upload.Fields;
        Dictionary<(string, ProductId?), int> seen = [];
        foreach (var row in rows.OrderBy(r => r.Number))
        {
            var check = new Check();
            var fields = UploadSheet.Fields(columns, row.Values, products, upload.Currency, check);
            Problem?[] wrong = [Registration.Complete(fields, work.Today, check).Problem, CustomFields.Read(own, fields.Own!, complete: true).Problem];
            var message = Text.OrNull(string.Join('\n', wrong.OfType<Problem>().SelectMany(p => p.Errors.SelectMany(e => e.Value))));
            var same = (Customer.Key(fields.CustomerName), fields.Product);
            if (message is null && !seen.TryAdd(same, row.Number)) message = $"The same customer and product as row {seen[same]}.";
            (row.Customer, row.State, row.Message) = (Text.Storable(fields.CustomerName, 200), message is null ? UploadRowState.Ready : UploadRowState.Refused, message is null ? null : Text.Storable(message, 1000));
        }
    }

    /// <summary>Whether the row may well be taken at another try: nothing was wrong with it, others only stood in the way.</summary>
    public static bool StaysReady(Problem refusal) => refusal.Kind == ProblemKind.Busy;

    public static Problem ColumnsOpen(IReadOnlyList<string> missing) =>
        Problem.Invalid("columns", $"Say first in which columns these stand: {string.Join(", ", missing)}.");
}
