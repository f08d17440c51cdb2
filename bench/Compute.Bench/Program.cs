using Trellis.Compute.Bench;

return BenchTable.Run(args,
[
    // One line per family; each lives in a folder that mirrors src/Compute.
    new("attribution", Trellis.Compute.Bench.Attribution.AttributionBench.Run),
]);
