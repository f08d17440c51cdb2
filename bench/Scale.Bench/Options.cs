using System.Globalization;

namespace Trellis.Scale.Bench;

/// <summary>What is asked for on the command line.</summary>
internal sealed record Options
{
    public int Accounts { get; init; } = 50_000;
    public string[] Engines { get; init; } = ["postgres", "sqlite"];
    public string Program { get; init; } = "";
    public string Output { get; init; } = "artifacts/scale";
    public string? Postgres { get; init; }

    /// <summary>A folder that keeps a filled tenant for the next run; without it a fresh one is filled and thrown away.</summary>
    public string? Keep { get; init; }

    public string[] Only { get; init; } = [];
    public int Samples { get; init; } = 60;
    public int Connections { get; init; } = 16;
    public int Rate { get; init; } = 300;
    public TimeSpan Throughput { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Mixed { get; init; } = TimeSpan.FromSeconds(60);
    public int ImportRows { get; init; } = 100_000;

    public bool Wants(string what) => Only.Length == 0 || Only.Contains(what);

    public static Options Of(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[++i] : throw new ArgumentException($"{args[i]} needs a value.");
            options = args[i - 1] switch
            {
                "--accounts" => options with { Accounts = Number(value) },
                "--engine" => options with { Engines = value.Split(',') },
                "--program" => options with { Program = value },
                "--output" => options with { Output = value },
                "--postgres" => options with { Postgres = value },
                "--keep" => options with { Keep = value },
                "--only" => options with { Only = value.Split(',') },
                "--samples" => options with { Samples = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--rate" => options with { Rate = Number(value) },
                "--throughput" => options with { Throughput = TimeSpan.FromSeconds(Number(value)) },
                "--mixed" => options with { Mixed = TimeSpan.FromSeconds(Number(value)) },
                "--import" => options with { ImportRows = Number(value) },
                var other => throw new ArgumentException($"There is no {other}."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
