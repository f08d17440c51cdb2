using System.CommandLine;
using Trellis.Compute.Cli;

namespace Trellis.Compute.Tests.Attribution;

public sealed class CommandFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trellis-compute-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Attribution_writes_one_row_per_partner_with_every_model()
    {
        var file = Write("paths.csv", "path,conversions,value,nulls\nC1 > C2 > C3,1,5,0\nC1,0,0,1\nC2 > C3,0,0,1\n");
        var (code, output, _) = Run("attribution", file);
        code.ShouldBe(0);
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].Trim().ShouldStartWith("partner,first,last,linear,position,decay,shapley,markov,first_value");
        rows[1].ShouldStartWith("C1,1,0,0.333333,0.4,0.142857,0.333333,0.2,5,0,1.666667,2,0.714286,1.666667,1,0,1,2");
        Run("attribution", file, "--order", "2", "--json").Output.ShouldContain("removalEffect");
    }

    [Fact]
    public void A_large_file_read_in_many_chunks_names_the_wrong_row()
    {
        var rows = Enumerable.Range(0, 600_000).Select(j => j == 555_554 ? "a > b,x" : "a > b > c,1");
        var (code, _, error) = Run("attribution", Write("big.csv", "path,conversions\n" + string.Join('\n', rows)));
        code.ShouldBe(2);
        error.ShouldContain("Row 555556: conversions is not a number that can be read: 'x'.");
    }

    [Theory]
    [InlineData("path,conversions\na,\"1\n", "a quote is opened and never closed")]
    [InlineData("", "no first row")]
    [InlineData("x,y\n1,2\n", "needs a column named path")]
    public void Bad_files_end_with_code_two_and_a_reason(string text, string reason)
    {
        var (code, _, error) = Run("attribution", Write("bad.csv", text));
        code.ShouldBe(2);
        error.ShouldContain(reason);
    }

    [Theory]
    [InlineData("first", "", "d1,A,1,100.01 d2,B,1,50.00")]
    [InlineData("linear", "", "d1,A,0.666667,66.67 d1,B,0.333333,33.34 d2,B,1,50.00")]
    [InlineData("w", "", "d1,A,0.9,90.01 d1,B,0.1,10.00 d2,B,1,50.00")]
    [InlineData("decay", "--half-life 10", "d1,A,0.714286,71.44 d1,B,0.285714,28.57 d2,B,1,50.00")]
    [InlineData("registration", "--share 0.6", "d1,B,0.733333,73.34 d1,A,0.266667,26.67 d2,B,1,50.00")]
    [InlineData("roles", "--weights sourced=60,sold=30", "d1,A,0.75,75.01 d1,B,0.15,15.00 d2,B,0.6,30.00")]
    [InlineData("agreed", "", "d1,B,0.25,25.00 d1,A,0.5,50.01 d2,B,1,50.00")]
    [InlineData("stages", "--weights lead=40,demo=60", "d1,A,0.8,80.01 d1,B,0.2,20.00 d2,B,1,50.00")]
    public void Dated_touches_become_credit_to_the_cent_under_each_rule(string model, string more, string expected)
    {
        // Rows out of order on purpose: the times decide.
        var file = Write("touches.csv", """
            deal,partner,time,closed,value,created,stage,role,share,registered
            d1,A,2026-01-21,2026-01-21,100.01,1,demo,sold,0.5,0
            d1,A,2026-01-01,2026-01-21,100.01,0,lead,sourced,0,0
            d2,B,2026-02-01,2026-02-02,50,0,lead,sourced,1,0
            d1,B,2026-01-11,2026-01-21,100.01,0,lead,sold,0.25,1
            """);
        var (code, output, error) = Run(["attribution", "touches", file, "--model", model, .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        code.ShouldBe(0, error);
        string.Join(' ', output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)).ShouldBe(expected);
    }

    [Fact]
    public void Dated_touches_that_cannot_be_read_are_named()
    {
        Run("attribution", "touches", Write("t.csv", "deal,partner,time\nd,p,yesterday\n")).Error.ShouldContain("row 2: time is not a date");
        var plain = Write("p.csv", "deal,partner\nd,p\n");
        Run("attribution", "touches", plain, "--model", "magic").Error.ShouldContain("There is no model magic.");
        Run("attribution", "touches", plain, "--model", "roles").Error.ShouldContain("needs a column named role");
        Run("attribution", "touches", plain, "--json").Output.ShouldContain("Linear: p 100.0");
    }

    [Fact]
    public void Assign_gives_leads_to_partners_and_names_unknown_ones()
    {
        var partners = Write("partners.csv", "partner,capacity,floor\nNorth,1,0\n\"South, Ltd\",2,1\n");
        var pairs = Write("pairs.csv", "lead,partner,score\nl1,North,0.9\nl1,\"South, Ltd\",0.2\nl2,North,0.8\nl2,\"South, Ltd\",0.7\n");
        var (code, output, _) = Run("assign", pairs, partners);
        code.ShouldBe(0);
        output.ReplaceLineEndings("\n").ShouldBe("lead,partner,score\nl1,North,0.9\nl2,\"South, Ltd\",0.7\n");
        Run("assign", pairs, partners, "--online").Code.ShouldBe(0);
        Run("assign", pairs, partners, "--json").Output.ShouldContain("\"gap\":");
        Run("assign", Write("other.csv", "lead,partner,score\nl1,West,1\n"), partners).Error.ShouldContain("row 2: there is no partner West");
    }

    [Fact]
    public void Budget_plans_within_the_limits()
    {
        var past = Write("past.csv", "activity,spend,return\nfairs,100,300\nfairs,200,400\nmail,50,200\nmail,100,260\nads,100,20\nads,300,40\n");
        var limits = Write("limits.csv", "activity,max,min,current\nfairs,500,0,100\nmail,200,20,100\nads,500,0,200\n");
        var (code, output, _) = Run("budget", past, limits, "--total", "400");
        code.ShouldBe(0);
        var spend = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => double.Parse(r.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        spend.Sum().ShouldBeLessThanOrEqualTo(400.02);
        spend[2].ShouldBeLessThan(spend[0], "ads return little");
        Run("budget", past, limits, "--total", "10").Code.ShouldBe(2);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = ComputeCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
