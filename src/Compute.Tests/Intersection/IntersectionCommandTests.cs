using System.CommandLine;
using Trellis.Compute.Cli;

namespace Trellis.Compute.Tests.Intersection;

public sealed class IntersectionCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psi").FullName;

    [Fact]
    public void Two_parties_find_their_common_items_by_files()
    {
        Write("ours.csv", "item\nacme.com\nwww.Globex.de\nhooli.io\n");
        Write("theirs.csv", "item,payload\nhttps://globex.de/x,\"gold, since 2019\"\ninitech.com,silver\n");
        Run("setup", P("theirs.csv"), "--secret", P("s"), "--mode", "Payload", "--domains", "--out", P("setup")).Code.ShouldBe(0);
        Run("request", P("ours.csv"), "--secret", P("r"), "--domains", "--out", P("request")).Code.ShouldBe(0);
        Run("answer", P("request"), "--secret", P("s"), "--setup", P("setup"), "--out", P("response")).Code.ShouldBe(0);
        Run("finish", P("ours.csv"), "--secret", P("r"), "--domains", "--setup", P("setup"), "--response", P("response")).Output.ShouldBe("item,payload\nglobex.de,\"gold, since 2019\"\n");
    }

    [Fact]
    public void A_count_is_made_in_one_step_and_shows_only_the_count()
    {
        Write("ours.csv", "item\na\nb\nc\n");
        Write("theirs.csv", "item\nb\nc\nd\ne\n");
        Run("request", P("ours.csv"), "--secret", P("r"), "--out", P("request"));
        Run("answer", P("request"), "--list", P("theirs.csv"), "--mode", "Count", "--setup", P("setup"), "--out", P("response")).Code.ShouldBe(0);
        Run("finish", P("ours.csv"), "--secret", P("r"), "--setup", P("setup"), "--response", P("response")).Output.ShouldBe("count\n2\n");
    }

    [Fact]
    public void The_fast_protocol_goes_by_files_too_and_destroys_its_secret()
    {
        Write("ours.csv", "item\na\nb\nc\n");
        Write("theirs.csv", "item\nb\nc\nd\ne\n");
        Run("fast-offer", "--secret", P("s"), "--out", P("offer")).Code.ShouldBe(0);
        Run("fast-table", P("ours.csv"), "--secret", P("r"), "--offer", P("offer"), "--out", P("table")).Code.ShouldBe(0);
        Run("fast-answer", P("theirs.csv"), "--secret", P("s"), "--table", P("table"), "--out", P("tags")).Code.ShouldBe(0);
        File.Exists(P("s")).ShouldBeFalse();
        Run("fast-finish", P("ours.csv"), "--secret", P("r"), "--offer", P("offer"), "--tags", P("tags")).Output.ShouldBe("item\nb\nc\n");
    }

    [Fact]
    public void Bad_files_give_one_clear_line_and_exit_code_two()
    {
        Write("empty.csv", "");
        Write("junk", "not a message");
        Run("setup", P("empty.csv"), "--secret", P("s"), "--out", P("x")).Code.ShouldBe(2);
        Run("setup", P("absent.csv"), "--secret", P("s"), "--out", P("x")).Code.ShouldBe(2);
        Write("list.csv", "item\na\n");
        var (code, _, error) = Run("answer", P("junk"), "--list", P("list.csv"), "--setup", P("x"), "--out", P("y"));
        code.ShouldBe(2);
        error.ShouldContain("no message of a private set intersection");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string P(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(P(name), text);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var code = ComputeCommand.Create().Parse(["psi", .. args]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
