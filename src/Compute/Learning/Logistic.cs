using System.Numerics.Tensors;

namespace Trellis.Compute.Learning;

/// <summary>One coefficient of a logistic model.</summary>
/// <param name="Name">The feature, or "feature = level".</param>
/// <param name="Weight">Log-odds per standard deviation of a number, or of a level against none.</param>
/// <param name="Error">Standard error from the penalised information matrix.</param>
public sealed record Coefficient(string Name, double Weight, double Error);

/// <summary>A fitted logistic regression.</summary>
public sealed class LogisticModel
{
    private readonly Design _design;
    private readonly double[] _weights;

    internal LogisticModel(Design design, double[] weights, double[] errors)
    {
        _design = design;
        _weights = weights;
        Coefficients = design.Names.Select((n, i) => new Coefficient(n, weights[i], errors[i])).ToArray();
    }

    /// <summary>Intercept first, then one per number, level and missing marker.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; }

    /// <summary>Log-odds, one per row.</summary>
    public float[] Score(Table table)
    {
        var rows = _design.Encode(table);
        var scores = new float[table.Rows];
        for (var i = 0; i < scores.Length; i++) scores[i] = (float)rows.Dot(i, _weights);
        return scores;
    }

    /// <summary>Probabilities, one per row.</summary>
    public float[] Predict(Table table)
    {
        var scores = Score(table);
        TensorPrimitives.Sigmoid(scores, scores);
        return scores;
    }

    /// <summary>Why: each feature's part of the log-odds against the mean training row.</summary>
    public Explanation Explain(Table table, int row) => _design.Explain(table, row, _weights);
}

/// <summary>
/// Logistic regression with an L2 penalty, by Newton's method with step halving (iteratively reweighted least squares; Hastie, Tibshirani,
/// Friedman 2009, "The elements of statistical learning", 4.4.1). Numbers are standardised; a missing value and each level have a coefficient of their own.
/// </summary>
public static class Logistic
{
    /// <summary>Fits a model. The intercept is not penalised.</summary>
    /// <param name="table">Features.</param>
    /// <param name="target">0 or 1 per row.</param>
    /// <param name="penalty">λ of ½·λ·‖w‖² added to the summed log-loss; must be positive, which keeps separated classes finite.</param>
    /// <param name="weights">Non-negative weight of each row; all 1 when null.</param>
    /// <param name="cancel">Checked before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are no rows, or a target is neither 0 nor 1.</exception>
    public static LogisticModel Fit(Table table, float[] target, double penalty = 1, float[]? weights = null, CancellationToken cancel = default)
    {
        Targets.Check(table, target, weights, Goal.Probability);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        var design = Design.Learn(table);
        var rows = design.Encode(table);
        var p = design.Names.Length;
        var w = new double[p];
        w[0] = Targets.Link(Goal.Probability, Targets.Mean(target, weights));
        var loss = Loss(rows, target, weights, w, penalty);
        var hessian = new double[p * p];
        for (var step = 0; step < 50; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var move = Derive(rows, target, weights, w, penalty, hessian);
            if (!Cholesky.Factor(hessian, p)) break;
            Cholesky.Solve(hessian, p, move);
            var (size, before) = (1.0, loss);
            var next = new double[p];
            do
            {
                for (var j = 0; j < p; j++) next[j] = w[j] - size * move[j];
                loss = Loss(rows, target, weights, next, penalty);
                size /= 2;
            }
            while (!(loss <= before) && size > 1e-6);
            if (!(loss <= before)) break;
            w = next;
            if (before - loss < 1e-10 * (1 + Math.Abs(loss))) break;
        }

        Derive(rows, target, weights, w, penalty, hessian);
        return new LogisticModel(design, w, Errors(hessian, p));
    }

    private static double Loss(EncodedRows rows, float[] target, float[]? weights, double[] w, double penalty)
    {
        double sum = 0;
        for (var i = 0; i < target.Length; i++)
        {
            var score = rows.Dot(i, w);
            // log(1 + e^s) − y·s without overflow.
            sum += (weights?[i] ?? 1) * (Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - target[i] * score);
        }

        for (var j = 1; j < w.Length; j++) sum += penalty / 2 * w[j] * w[j];
        return sum;
    }

    private static double[] Derive(EncodedRows rows, float[] target, float[]? weights, double[] w, double penalty, double[] hessian)
    {
        var p = w.Length;
        var gradient = new double[p];
        Array.Clear(hessian);
        for (var i = 0; i < target.Length; i++)
        {
            var probability = 1 / (1 + Math.Exp(-rows.Dot(i, w)));
            var weight = weights?[i] ?? 1;
            rows.AddTo(i, weight * (probability - target[i]), weight * Math.Max(probability * (1 - probability), 1e-9), gradient, hessian);
        }

        for (var j = 1; j < p; j++)
        {
            gradient[j] += penalty * w[j];
            hessian[j * p + j] += penalty;
        }

        return gradient;
    }

    private static double[] Errors(double[] hessian, int p)
    {
        var errors = new double[p];
        if (!Cholesky.Factor(hessian, p)) return errors;
        var unit = new double[p];
        for (var j = 0; j < p; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            Cholesky.Solve(hessian, p, unit);
            errors[j] = Math.Sqrt(Math.Max(0, unit[j]));
        }

        return errors;
    }
}
