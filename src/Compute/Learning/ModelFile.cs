using System.Text.Json;

namespace Trellis.Compute.Learning;

/// <summary>A boosted model as bytes (UTF-8 JSON with a version), to keep or send.</summary>
public static class ModelFile
{
    private const int Version = 1;

    /// <summary>Writes a model. Reading it back gives the same predictions to the last bit.</summary>
    public static byte[] Write(BoostedModel model) => Write(model, null);

    /// <summary>Writes a model with its calibration.</summary>
    public static byte[] Write(CalibratedTrees trees) => Write(trees.Model, trees.Calibration);

    /// <summary>Reads a model with its calibration.</summary>
    /// <exception cref="FormatException">As for <see cref="Read"/>, or there is no calibration.</exception>
    public static CalibratedTrees ReadCalibrated(ReadOnlySpan<byte> bytes)
    {
        var model = Read(bytes, out var sigmoid);
        return sigmoid is { } s ? new CalibratedTrees(model, new SigmoidCalibration(s.Slope, s.Offset)) : throw new FormatException("The model has no calibration.");
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="FormatException">The bytes are not a model of a known version, or its trees are not well formed.</exception>
    public static BoostedModel Read(ReadOnlySpan<byte> bytes) => Read(bytes, out _);

    private static byte[] Write(BoostedModel model, SigmoidCalibration? calibration) => JsonSerializer.SerializeToUtf8Bytes(new Document(
        Version, model.Goal, model.Start, calibration is null ? null : new Sigmoid(calibration.Slope, calibration.Offset),
        model.Bins.Select(b => new Feature(b.Name, b.Cuts, b.Levels)).ToArray(),
        model.Trees.Select(t => new Grown(t.Nodes, t.Sets, t.Values, t.Covers)).ToArray()));

    private static BoostedModel Read(ReadOnlySpan<byte> bytes, out Sigmoid? calibration)
    {
        Document? document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(bytes);
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is not a model: {e.Message}", e);
        }

        if (document is null || document.Version != Version) throw new FormatException($"The model's version is {document?.Version}; this program reads version {Version}.");
        if (document.Features is not { Length: > 0 } || document.Trees is null) throw new FormatException("The model has no features or no trees.");
        if (document.Features.Any(f => f.Cuts is { Length: > 254 } || f.Levels is { Length: > 255 })) throw new FormatException("A feature has more bins than a byte can count.");
        foreach (var tree in document.Trees) Check(tree, document.Features.Length);
        calibration = document.Calibration;
        return new BoostedModel(
            document.Goal, document.Start,
            document.Features.Select(f => f.Cuts is not null ? Bins.OfNumbers(f.Name, f.Cuts) : Bins.OfLevels(f.Name, f.Levels ?? throw new FormatException($"Feature '{f.Name}' has neither cuts nor levels."))).ToArray(),
            document.Trees.Select(t => new Tree(t.Nodes, t.Sets, t.Values, t.Covers)).ToArray());
    }

    // A forged file must not make scoring read outside its arrays or walk in circles.
    private static void Check(Grown tree, int features)
    {
        var leaves = tree.Nodes.Length + 1;
        if (tree.Values.Length != leaves || tree.Covers.Length != leaves || leaves > 255 || tree.Sets.Length % 4 != 0) throw new FormatException("A tree's parts do not fit together.");
        for (var n = 0; n < tree.Nodes.Length; n++)
        {
            var node = tree.Nodes[n];
            if ((uint)node.Feature >= features || node.Set >= tree.Sets.Length / 4) throw new FormatException("A node names a feature or set that is not there.");
            foreach (var child in (int[])[node.Left, node.Right])
                if (child >= 0 ? child <= n || child >= tree.Nodes.Length : ~child >= leaves) throw new FormatException("A node's child is out of place.");
        }
    }

    private sealed record Document(int Version, Goal Goal, float Start, Sigmoid? Calibration, Feature[] Features, Grown[] Trees);

    private sealed record Sigmoid(double Slope, double Offset);

    private sealed record Feature(string Name, float[]? Cuts, string[]? Levels);

    private sealed record Grown(Node[] Nodes, ulong[] Sets, float[] Values, double[] Covers);
}
