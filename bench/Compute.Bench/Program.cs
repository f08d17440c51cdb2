using Trellis.Compute.Bench;

return BenchTable.Run(args,
[
    // One line per family; each lives in a folder that mirrors src/Compute.
    new("learning", Trellis.Compute.Bench.Learning.LearningBench.Run), new("series", Trellis.Compute.Bench.Series.SeriesBench.Run),
]);
