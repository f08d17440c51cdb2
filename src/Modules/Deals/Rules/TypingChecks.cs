using Trellis.Deals.Web;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>One field of the editor by itself, as it is typed, judged by the checks of saving: pure.</summary>
internal static class TypingChecks
{
    private const string Place = "x";

    public static CellCheck Of(string part, string typed, IReadOnlyList<OwnFact> own)
    {
        if (typed.Length == 0) return new CellCheck(true, "");
        var check = new Check();
        // An approval may have everything that a rule gives.
        var approval = new RuleRow { Id = Place, Outcome = Words.Of(Outcome.Approve), Partner = Place, Vendor = Place };
        var table = DefaultRules.Text with { Facts = own };
        switch (part)
        {
            case "days" or "limit" or "credit" or "pays":
                var row = part switch { "days" => approval.With(days: typed), "limit" => approval.With(limit: typed), "credit" => approval.With(credit: typed), _ => approval.With(pays: typed) };
                TableChecks.Follows(RuleForm.ToRule(row, Place, check), Place, check);
                break;
            case "partner" or "vendor":
                TableChecks.Sentence(table, typed, Place, part == "partner", check);
                break;
            case "given" or "then":
                var test = RuleForm.ToTest(new TestRow { Name = Place, Expect = Words.Of(Outcome.Approve), Given = part == "given" ? typed : "", Then = part == "then" ? typed : "" }, Place, check);
                RuleTests.Facts(table, test, Place, check);
                break;
            default:
                return new CellCheck(false, T("There is no such field."));
        }

        return check.Problem is { } problem ? new CellCheck(false, string.Join(" ", problem.Errors.SelectMany(e => e.Value).Distinct().Select(e => Retell(e)))) : new CellCheck(true, "");
    }
}
