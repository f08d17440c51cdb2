using Trellis.Server.Bench;

if (args is not [("bench" or "shots") and var what, var program, var output, ..])
{
    Console.Error.WriteLine("bench PROGRAM TABLE.md | shots PROGRAM FOLDER; ./dev bench server and ./dev shots call it.");
    return 2;
}

var data = Directory.CreateTempSubdirectory("trellis-bench-").FullName;
try
{
    return what == "bench" ? await Bench.RunAsync(program, data, output) : await Shots.RunAsync(program, data, output);
}
finally
{
    Directory.Delete(data, recursive: true);
}
