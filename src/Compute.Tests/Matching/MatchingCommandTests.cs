using System.CommandLine;
using System.Text.Json;
using Trellis.Compute.Cli;

namespace Trellis.Compute.Tests.Matching;

public sealed class MatchingCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("match").FullName;

    [Fact]
    public void Lists_are_matched_with_reasons_and_the_model_serves_later_questions()
    {
        Write("a.csv", "id,name,website,country\na1,\"Harley-Davidson, Inc.\",harley-davidson.com,US\na2,Siemens AG,,Germany\n");
        Write("b.csv", "id,name,website,country\nb1,HARLEY-DAVID.INC. DL -.01,www.harley-davidson.com,United States\nb2,Unrelated Ltd,,France\n");
        var (code, output, _) = Run("lists", P("a.csv"), P("b.csv"), "--reasons", "--model", P("m.json"));
        code.ShouldBe(0);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("a1,b1,0.9");
        lines[1].ShouldContain("the same web domain");
        var asked = Run("ask", P("a.csv"), "--name", "Siemens", "--model", P("m.json"));
        JsonDocument.Parse(asked.Output).RootElement[0].GetProperty("id").GetString().ShouldBe("a2");
    }

    [Fact]
    public void Domains_and_duplicates_are_found()
    {
        Write("a.csv", "id,name,website\n1,Acme GmbH,http://acme.de/x\n2,ACME,www.acme.de\n3,Gmail user,gmail.com\n");
        Write("b.csv", "id,website\nx,shop.acme.de\ny,gmail.com\n");
        Run("domains", P("a.csv"), P("b.csv")).Output.ShouldBe("left,right\n1,x\n2,x\n");
        Run("duplicates", P("a.csv")).Output.ShouldBe("id,company\n1,1\n2,1\n3,3\n");
    }

    [Fact]
    public void Bad_files_give_one_clear_line_and_exit_code_two()
    {
        Write("a.csv", "colour,size\nred,1\n");
        var (code, _, error) = Run("duplicates", P("a.csv"));
        code.ShouldBe(2);
        error.ShouldContain("No column is called name");
        Run("duplicates", P("absent.csv")).Code.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string P(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(P(name), text);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var code = ComputeCommand.Create().Parse(["match", .. args]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
