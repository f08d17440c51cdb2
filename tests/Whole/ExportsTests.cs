using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests;

/// <summary>Whoever sees a table can take it along as a file: found by itself in every view, judged on the day it is written.</summary>
public sealed class ExportsTests
{
    private const string Record = "a part of one record's page; the list of such records is exported";
    private const string Editor = "what is edited here, not a list";
    private const string Beside = "a short look into a list that has its own page and file";
    private const string Settings = "a fixed list of the program itself";
    private const string Own = "a person's own few entries; the personal data are exported as a whole";
    private const string Rules = "the rules have their own file formats (Markdown, DMN)";

    private static readonly Dictionary<string, string> Without = new()
    {
        ["GroupCard"] = Record, ["AccountClaims"] = Record, ["AccountLeads"] = Record, ["LeadPage"] = Record, ["AccountRelationView"] = Record, ["DecisionCard"] = Record,
        ["TeamCard"] = Record, ["TeamTable"] = Record, ["CommitteeCard"] = Record, ["PlanCard"] = Record, ["TasksCard"] = Record, ["RemovedRows"] = Record, ["PersonPage"] = Record, ["EarningRecordPage"] = Record, ["JourneyView"] = Record, ["FamilyCard"] = Record,
        ["ContributionsCard"] = Record, ["MotionsCard"] = Record, ["SolutionPage"] = Record, ["TargetPlanView"] = Record, ["AttemptTable"] = Record, ["CertificationTable"] = Record, ["BulkRunPage"] = Record,
        ["ImportMappingForm"] = Editor, ["MergePage"] = Editor, ["PassingRulesPage"] = Editor, ["WordListsPage"] = Editor, ["Preferences"] = Editor, ["PlanEditPage"] = Editor, ["BringInPage"] = Editor,
        ["RuleChanges"] = Rules, ["RuleRuns"] = Rules, ["RuleSheet"] = Rules, ["RuleTestSheet"] = Rules, ["RulesOfEngagementPage"] = Rules,
        ["ToDoList"] = Beside, ["HomePage"] = Beside, ["DashboardPage"] = Beside, ["SearchResults"] = Beside, ["ViewAsPage"] = Beside,
        ["HealthPage"] = Settings, ["LanguagesPage"] = Settings, ["MetricsPage"] = Settings, ["KeyList"] = Settings, ["SightSettingsPage"] = Settings,
        ["PasskeysPage"] = Own, ["SecurityPage"] = Own,
    };

    // The address of a file; a form that takes files of this ending has none.
    private static readonly Regex Download = new(@"[\w)}]\.csv");

    private static readonly Lazy<Dictionary<string, string>> Views = new(() => FilesBelow(Repository.PathOf("src/Modules")).Where(f => f.EndsWith(".razor", StringComparison.Ordinal)).ToDictionary(f => f, File.ReadAllText));

    [Fact]
    public void Every_table_can_be_taken_along_as_a_file_or_says_why_not() =>
        Lacking(Views.Value).Where(name => !Without.ContainsKey(name)).ShouldBeEmpty("give the list an <Export>, or name the reason above");

    [Fact]
    public void No_exception_is_kept_for_a_table_that_has_its_file_or_is_gone() => Without.Keys.Except(Lacking(Views.Value)).ShouldBeEmpty();

    [Fact]
    public void A_table_without_a_file_is_found_and_one_whose_page_has_it_is_not()
    {
        Lacking(new() { ["a/Bare.razor"] = "<DataTable />" }).ShouldBe(["Bare"]);
        Lacking(new() { ["a/Inner.razor"] = "<DataTable />", ["a/Outer.razor"] = "<Export Href=\"/x.csv\" /><Inner Of=\"x\" />" }).ShouldBeEmpty();
        Lacking(new() { ["a/Inner.razor"] = "<DataTable />", ["a/Outer.razor"] = "<Inner Of=\"x\" />" }).ShouldBe(["Inner"]);
        Lacking(new() { ["a/Upload.razor"] = "<FileField Accept=\".csv,.xlsx\" /><DataTable />", ["a/Linked.razor"] = "<a href=\"/x.csv\" /><DataTable />" }).ShouldBe(["Upload"]);
    }

    private static IEnumerable<string> Lacking(Dictionary<string, string> views) =>
        views.Where(v => v.Value.Contains("<DataTable", StringComparison.Ordinal) && !HasFile(views, v.Key, [])).Select(v => Path.GetFileNameWithoutExtension(v.Key)).Distinct().Order(StringComparer.Ordinal);

    // The view itself, or one that shows it.
    private static bool HasFile(Dictionary<string, string> views, string view, HashSet<string> seen)
    {
        if (!seen.Add(view)) return false;
        if (views[view].Contains("<Export ", StringComparison.Ordinal) || Download.IsMatch(views[view])) return true;
        var tag = new Regex($@"<{Regex.Escape(Path.GetFileNameWithoutExtension(view))}[\s/>]");
        return views.Where(v => tag.IsMatch(v.Value)).Any(v => HasFile(views, v.Key, seen));
    }

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).Where(d => Path.GetFileName(d) is not ("bin" or "obj") && !d.EndsWith(".Tests", StringComparison.Ordinal)).SelectMany(FilesBelow));
}
