using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelsFileUnusableTests
{
    [Theory]
    [InlineData("[|{ \"models\": [ }|]", "not valid JSON: '}' is an invalid start of a value", "correct the syntax there")]
    [InlineData("[|[]|]", "an object with keys is expected here", "write it in curly braces")]
    [InlineData("[|{}|]", "the key 'models' is missing", "add \"models\"")]
    [InlineData("[|{ \"models\": {} }|]", "a list is expected here", "write it in square brackets")]
    [InlineData("[|{ \"models\": [], \"model\": 1 }|]", "unknown key 'model'", "use one of: $schema, models")]
    [InlineData("[||]", "not valid JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true", "correct the syntax there")]
    public void A_file_of_another_form_is_told(string file, string what, string next) =>
        ModelVerifier.ReportsInFile(RuleIds.ModelsFileUnusable, file, $"'vision.models.json' cannot be used: {what}; {next}");

    [Theory]
    [InlineData("\"colour\": 1", "the key is not known", "use one of: name, property, type, path, estimatedBytes, priority, keepAliveSeconds, pinned, devices, precision, fallback, warmup, warmupMethod, factory, loader, sharedAs, loadTimeoutSeconds")]
    [InlineData("\"priority\": \"5\"", "a number is expected here", "write it without quotes")]
    [InlineData("\"priority\": []", "a number is expected here", "write it without quotes")]
    [InlineData("\"priority\": true", "'true' is not a number", "write a number")]
    [InlineData("\"sharedAs\": 5", "a text is expected here", "write it in quotes")]
    [InlineData("\"sharedAs\": null", "a text is expected here", "write it in quotes")]
    [InlineData("\"pinned\": \"true\"", "true or false is expected here", "write it without quotes")]
    [InlineData("\"pinned\": 1", "true or false is expected here", "write it without quotes")]
    [InlineData("\"devices\": \"cpu\"", "a list is expected here", "write it in square brackets")]
    [InlineData("\"devices\": [0]", "a text is expected here", "write it in quotes")]
    [InlineData("\"precision\": \"quarter\"", "'quarter' is not known", "use one of: as-stored, half, bfloat16")]
    [InlineData("\"fallback\": [\"gpu\"]", "'gpu' is not known", "use one of: none, half-precision, cpu")]
    [InlineData("\"warmup\": \"now\"", "'now' is not known", "use one of: none, after-ready")]
    public void A_key_or_value_is_told_at_its_line_with_its_model(string option, string what, string next) => ModelVerifier.ReportsInFile(
        RuleIds.ModelsFileUnusable,
        $$"""
        { "models": [
          {
            "name": "yolo", "path": "yolo.pt",
            [|{{option}}|]
          }
        ] }
        """,
        $"'vision.models.json' cannot be used: '{option.Split('"')[1]}' of 'yolo': {what}; {next}");

    [Fact]
    public void A_model_without_a_name_is_told() => ModelVerifier.ReportsInFile(
        RuleIds.ModelsFileUnusable,
        """
        { "models": [
          [|{ "path": "yolo.pt" }|]
        ] }
        """,
        "'vision.models.json' cannot be used: the key 'name' is missing; add \"name\"");

    [Theory]
    [InlineData("\"type\": \"Nowhere\"", "there is no type 'Nowhere'", "write it as in the file of the manager, or with its namespace")]
    [InlineData("\"type\": \"Detector extra\"", "there is no type 'Detector extra'", "write it as in the file of the manager, or with its namespace")]
    [InlineData("\"type\": \"int\"", "'type' of 'yolo': 'int' is no class", "name the class of the model")]
    [InlineData("\"loader\": \"List<Nowhere>\"", "there is no type 'List<Nowhere>'", "write it as in the file of the manager, or with its namespace")]
    public void A_type_that_does_not_exist_is_told_at_its_line(string option, string what, string next) => ModelVerifier.ReportsInFile(
        RuleIds.ModelsFileUnusable,
        $$"""
        { "models": [
          {
            "name": "yolo", "path": "yolo.pt",
            [|{{option}}|]
          }
        ] }
        """,
        $"'vision.models.json' cannot be used: {what}; {next}");

    [Fact]
    public void All_that_is_wrong_is_told_at_once() => ModelVerifier.ReportsInFile(
        RuleIds.ModelsFileUnusable,
        """
        { "models": [
          {
            "name": "yolo", "path": "yolo.pt",
            [|"colour": 1,|]
            [|"pinned": 1|]
          },
          {
            "name": "detect", "path": "detect.pt",
            [|"warmup": "now"|]
          }
        ] }
        """,
        "'vision.models.json' cannot be used: 'warmup' of 'detect': 'now' is not known; use one of: none, after-ready");

    [Fact]
    public void Comments_and_trailing_commas_are_fine() => ModelVerifier.Accepts(
        ModelVerifier.ManagerWithFile,
        """
        {
          // What the night shift needs.
          "models": [{ "name": "yolo", "path": "yolo.pt", },],
        }
        """);
}
