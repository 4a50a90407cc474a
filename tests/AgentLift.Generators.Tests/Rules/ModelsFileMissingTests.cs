using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelsFileMissingTests
{
    [Fact]
    public void A_file_that_is_not_given_to_the_compiler_is_told() => ModelVerifier.Reports(
        RuleIds.ModelsFileMissing,
        """[[|ModelManager("vision.models.json")|]] public partial class VisionModels { }""",
        """'VisionModels' takes models from 'vision.models.json', which is not among the additional files; add <AdditionalFiles Include="vision.models.json" /> to the project""",
        ModelCompilation.File("{}", "/fleet/night-vision.models.json"));

    [Fact]
    public void Two_files_of_the_name_are_told() => ModelVerifier.Reports(
        RuleIds.ModelsFileMissing,
        """[[|ModelManager("models.json")|]] public partial class VisionModels { }""",
        "'VisionModels' takes models from 'models.json', and 2 additional files are called that; give more of its path",
        ModelCompilation.File("""{ "models": [] }""", "/fleet/day/models.json"),
        ModelCompilation.File("""{ "models": [] }""", "/fleet/night/models.json"));

    [Fact]
    public void A_file_named_by_the_end_of_its_path_is_fine() => ModelVerifier.Accepts(
        """[ModelManager(@"fleet\vision.models.json")] public partial class VisionModels { }""",
        """{ "models": [] }""");
}
