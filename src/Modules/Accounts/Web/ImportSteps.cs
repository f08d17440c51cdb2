using Trellis.Accounts.Imports;

namespace Trellis.Accounts.Web;

/// <summary>The way of a file, as the pages draw it.</summary>
internal static class ImportSteps
{
    public static readonly string[] Names = ["Upload", "Columns", "Dry run", "Write", "Result"];

    public static int At(ImportState state) => state switch
    {
        ImportState.Uploaded => 1,
        ImportState.Checking => 2,
        ImportState.Checked or ImportState.Applying or ImportState.Stopped => 3,
        _ => 5,
    };
}
