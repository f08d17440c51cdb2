using Trellis.Compute.Tests.Learning;

namespace Trellis.Compute.Tests.Series;

[Collection("learning and series console")]
public sealed class SeriesCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_drop_of_one_partner_is_told_with_its_date()
    {
        var rows = Enumerable.Range(0, 60).SelectMany(i => new[] { $"d{i},Acme,{(i == 55 ? 20 : 100 + i % 3)}", $"d{i},Beta,{50 + i % 2}" });
        var data = _run.File("sales.csv", "day,partner,sold\n" + string.Join('\n', rows));
        _run.Do($"series watch --in {data} --value sold --by partner --at day").ShouldBe(0);
        var lines = _run.Output.TrimEnd().Split('\n');
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("Acme,d55,d55,Drop,20,10");
    }

    [Fact]
    public void Forecasts_survival_diversity_peers_parts_and_changes_are_written()
    {
        var monthly = _run.File("monthly.csv", "value,extra\n" + string.Join('\n', Enumerable.Range(0, 48).Select(i => $"{100 + i + 10 * (i % 4)},")));
        _run.Do($"series forecast --in {monthly} --value value --period 4 --steps 2").ShouldBe(0);
        var forecast = System.Text.Json.JsonDocument.Parse(_run.Output).RootElement[0].GetProperty("Forecast");
        forecast.GetProperty("Steps")[0].GetProperty("Value").GetDouble().ShouldBe(148, 3);
        _run.Do($"series decompose --in {monthly} --value value --period 4").ShouldBe(0);
        _run.Output.Split('\n').Length.ShouldBe(50);
        _run.Error.ShouldContain("season explains");
        var level = _run.File("level.csv", "value\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => i < 30 ? 50 + i % 3 : 20 + i % 3)));
        _run.Do($"series changes --in {level} --value value").ShouldBe(0);
        _run.Output.ShouldContain(",31,51,21,");
        var lives = _run.File("lives.csv", "days,seen\n6,1\n6,1\n6,1\n6,0\n7,1\n");
        _run.Do($"series survival --in {lives} --time days --event seen").ShouldBe(0);
        _run.Output.ShouldContain(",6,5,3,1,0.4,");
        var kinds = _run.File("kinds.csv", "type\nreseller\nagency\nreseller\nagency\n");
        _run.Do($"series diversity --in {kinds} --kind type").ShouldBe(0);
        _run.Output.ShouldContain("as diverse as 2.0 kinds");
        var peers = _run.File("peers.csv", "who,won\nme,5\na,1\nb,2\n");
        _run.Do($"series peers --in {peers} --value won --name who --own me").ShouldBe(0);
        _run.Output.ShouldContain("Fewer than 5 peers");
    }

    [Fact]
    public void A_field_that_is_no_number_is_refused_with_its_row()
    {
        var data = _run.File("bad.csv", "value\n1\nmany\n");
        _run.Do($"series changes --in {data} --value value").ShouldBe(2);
        _run.Error.ShouldContain("row 2: 'many' in column 'value' is not a number");
    }
}
