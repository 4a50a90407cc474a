using AgentLift.Core.Data;
using AgentLift.Core.Risk;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Tests;

public class RiskMatrixReaderTests
{
    private const string Valid = """
        {
          "name": "ours",
          "kind": "weighted",
          "scale": 50,
          "factors": [
            { "id": "size", "weight": 0.6, "metric": "source-kilobytes", "steps": [ { "severity": "high", "above": 200 } ] },
            { "id": "gpu", "weight": 0.4, "metric": "gpu-handling", "steps": [ { "severity": "low", "from": 1 } ] }
          ],
          "bands": [
            { "level": "low", "from": 0, "strategy": "rapid" },
            { "level": "high", "from": 20, "strategy": "framework" }
          ]
        }
        """;

    [Fact]
    public void A_single_matrix_can_be_read() =>
        RiskMatrixReader.Read(new DataFile("risk-matrix.json", Valid)).Single().Name.ShouldBe("ours");

    [Fact]
    public void The_built_in_points_add_up_to_45() =>
        RiskMatrixReader.BuiltIn.Single(matrix => matrix.Name == "points").Factors.Sum(factor => factor.Weight).ShouldBe(45);

    [Theory]
    [InlineData("0.6", "0.7", 5, "the weights sum to 1.1, not to 1")]
    [InlineData("\"scale\": 50,", "\"scale\": 50, \"colour\": 1,", 4, "unknown key 'colour'")]
    [InlineData("gpu-handling", "gpu-count", 7, "'gpu-count' is not a metric")]
    [InlineData("\"from\": 20", "\"from\": 0", 11, "bands must rise in score and level")]
    [InlineData("\"level\": \"low\", \"from\": 0", "\"level\": \"low\", \"from\": 5", 10, "the first band must begin at 0")]
    [InlineData("\"id\": \"gpu\"", "\"id\": \"size\"", 7, "the factor 'size' stands twice")]
    [InlineData("\"above\": 200", "\"over\": 200", 6, "unknown key 'over'")]
    [InlineData("\"severity\": \"high\"", "\"severity\": \"huge\"", 6, "'huge' is not known here")]
    [InlineData("\"kind\": \"weighted\",", "\"kind\": \"weighted\"", 4, "not valid JSON")]
    public void A_mistake_is_named_with_its_line(string right, string wrong, int line, string message)
    {
        var error = Should.Throw<DataException>(() => RiskMatrixReader.Read(new DataFile("risk-matrix.json", Valid.Replace(right, wrong, StringComparison.Ordinal))));

        error.Problem.Line.ShouldBe(line);
        error.Problem.Message.ShouldStartWith(message);
        error.Problem.NextStep.ShouldNotBeNullOrWhiteSpace();
    }
}
