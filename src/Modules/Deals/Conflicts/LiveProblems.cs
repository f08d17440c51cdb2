using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

internal static class LiveProblems
{
    public static Problem TooManyCustomers() =>
        new(ProblemKind.Busy, "deals.too_many_customers", $"Your company has asked about {AskedCustomers.MostADay} customers today. You can still register: the form itself checks again then.")
        { Facts = new Dictionary<string, object?> { ["perDay"] = AskedCustomers.MostADay } };
}
