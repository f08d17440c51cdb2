using Trellis.Compute.Bench;
using Trellis.Rules.Bench;

return BenchTable.Run(args, [new("simulation", SimulationBench.Run)]);
