using Trellis.Compute.Bench;

return BenchTable.Run(args,
[
    // One line per family; each lives in a folder that mirrors src/Compute.
    new("attribution", Trellis.Compute.Bench.Attribution.AttributionBench.Run),
    new("assignment", Trellis.Compute.Bench.Assignment.AssignmentBench.Run),
    new("budget", Trellis.Compute.Bench.Optimisation.BudgetBench.Run),
    new("matching", Trellis.Compute.Bench.Matching.MatchingBench.Run),
    new("intersection", Trellis.Compute.Bench.Intersection.IntersectionBench.Run),
    new("learning", Trellis.Compute.Bench.Learning.LearningBench.Run),
    new("series", Trellis.Compute.Bench.Series.SeriesBench.Run),
]);
