using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Measures;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Risk;

/// <summary>Reads and validates risk matrices.</summary>
public static class RiskMatrixReader
{
    private static readonly Lazy<ImmutableArray<RiskMatrix>> BuiltInMatrices = new(() => ReadAll(DataDocument.ReadBuiltIn("risk-matrix.json")));

    /// <summary>The matrices of rules/risk-matrix.json: <c>weighted</c> and <c>points</c>.</summary>
    public static ImmutableArray<RiskMatrix> BuiltIn => BuiltInMatrices.Value;

    /// <summary>Reads a matrix file: an object with <c>matrices</c>, or one matrix alone.</summary>
    /// <exception cref="DataException">The file breaks a rule; the problem names the line.</exception>
    public static ImmutableArray<RiskMatrix> Read(DataFile file) => ReadAll(DataDocument.Read(file));

    private static ImmutableArray<RiskMatrix> ReadAll(DataNode root)
    {
        if (root.Find("matrices") is not { } list)
            return [ReadMatrix(root)];

        root.AllowKeys("matrices");
        var matrices = list.Items().Select(ReadMatrix).ToImmutableArray();
        return matrices.IsEmpty ? throw list.Error("there is no matrix", "add at least one") : matrices;
    }

    private static RiskMatrix ReadMatrix(DataNode node)
    {
        node.AllowKeys("name", "kind", "scale", "factors", "bands");
        var kind = node.Get("kind").OneOf<MatrixKind>();
        var scale = node.Get("scale").WholeNumber(1, 1000);
        var factors = ReadFactors(node.Get("factors"), kind, scale);
        return new RiskMatrix(node.Get("name").Text(), kind, scale, factors, ReadBands(node.Get("bands"), scale));
    }

    private static ImmutableArray<RiskFactor> ReadFactors(DataNode list, MatrixKind kind, int scale)
    {
        var weightKey = kind == MatrixKind.Weighted ? "weight" : "points";
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var factors = ImmutableArray.CreateBuilder<RiskFactor>();
        foreach (var node in list.Items())
        {
            node.AllowKeys("id", weightKey, "metric", "steps");
            var id = node.Get("id");
            if (!ids.Add(id.Text()))
                throw id.Error($"the factor '{id.Text()}' stands twice", "give each factor its own id");

            var weight = node.Get(weightKey);
            if (weight.Number() < 0 || weight.Number() > (kind == MatrixKind.Weighted ? 1 : scale))
                throw weight.Error($"{weight.Text()} is out of range", kind == MatrixKind.Weighted ? "write a weight from 0 to 1" : $"write points from 0 to {scale}");

            factors.Add(new RiskFactor(id.Text(), weight.Number(), ReadMetric(node.Get("metric")), ReadSteps(node.Get("steps"))));
        }

        var sum = factors.Sum(factor => factor.Weight);
        if (kind == MatrixKind.Weighted && sum != 1)
            throw list.Error($"the weights sum to {sum:0.####}, not to 1", "change the weights so that they sum to 1");
        if (kind == MatrixKind.Points && sum > scale)
            throw list.Error($"the points add up to {sum:0.####}, over the scale of {scale}", "lower the points or raise the scale");
        return factors.ToImmutable();
    }

    private static string ReadMetric(DataNode node) =>
        Metric.All.Contains(node.Text())
            ? node.Text()
            : throw node.Error($"'{node.Text()}' is not a metric", "use one of: " + string.Join(", ", Metric.All));

    private static ImmutableArray<SeverityStep> ReadSteps(DataNode list)
    {
        var steps = ImmutableArray.CreateBuilder<SeverityStep>();
        foreach (var node in list.Items())
        {
            node.AllowKeys("severity", "from", "above");
            var inclusive = node.Find("from") is not null;
            if (inclusive == (node.Find("above") is not null))
                throw node.Error("a step needs either 'from' or 'above'", "keep one of the two");

            var step = new SeverityStep(node.Get("severity").OneOf<Severity>(), node.Get(inclusive ? "from" : "above").Number(), inclusive);
            if (steps.Count > 0 && (step.Severity <= steps[steps.Count - 1].Severity || step.Threshold < steps[steps.Count - 1].Threshold))
                throw node.Error("steps must rise in severity and threshold", "order them from low to extreme");
            steps.Add(step);
        }

        return steps.ToImmutable();
    }

    private static ImmutableArray<RiskBand> ReadBands(DataNode list, int scale)
    {
        var bands = ImmutableArray.CreateBuilder<RiskBand>();
        foreach (var node in list.Items())
        {
            node.AllowKeys("level", "from", "strategy", "timeBudget", "observation");
            var band = new RiskBand(
                node.Get("level").OneOf<RiskLevel>(),
                node.Get("from").WholeNumber(0, scale),
                node.Get("strategy").OneOf<MigrationStrategy>(),
                node.TextOrNull("timeBudget") ?? "-",
                node.TextOrNull("observation") ?? "-");
            if (bands.Count == 0 && band.From != 0)
                throw node.Error("the first band must begin at 0", "set \"from\" to 0");
            if (bands.Count > 0 && (band.From <= bands[bands.Count - 1].From || band.Level <= bands[bands.Count - 1].Level))
                throw node.Error("bands must rise in score and level", "order them from low to critical");
            bands.Add(band);
        }

        return bands.Count > 0 ? bands.ToImmutable() : throw list.Error("there is no band", "add at least the band of level low from 0");
    }
}
