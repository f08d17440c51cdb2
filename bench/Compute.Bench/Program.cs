using Trellis.Compute.Bench;

return BenchTable.Run(args,
[
    // One line per family; each lives in a folder that mirrors src/Compute.
    new("matching", Trellis.Compute.Bench.Matching.MatchingBench.Run),
    new("intersection", Trellis.Compute.Bench.Intersection.IntersectionBench.Run),
    new("learning", Trellis.Compute.Bench.Learning.LearningBench.Run),
    new("series", Trellis.Compute.Bench.Series.SeriesBench.Run),
    new("attribution", Trellis.Compute.Bench.Attribution.AttributionBench.Run),
]);
