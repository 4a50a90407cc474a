using AgentLift.Generators.ModelManagers;
using AgentLift.Runtime;

namespace AgentLift.Generators.Tests;

public class ModelEnumerationTests
{
    [Theory]
    [InlineData(typeof(ModelPrecision))]
    [InlineData(typeof(ModelFallback))]
    [InlineData(typeof(LazyWarmup))]
    public void The_generator_knows_the_members_that_the_runtime_declares(Type type)
    {
        var known = ModelEnumeration.All.Single(enumeration => enumeration.Type == type.Name);

        known.Members.Select(member => (member.Name, member.Value)).ShouldBe(Enum.GetNames(type).Select(name => (name, (int)Enum.Parse(type, name))));
        known.IsFlags.ShouldBe(type.IsDefined(typeof(FlagsAttribute), inherit: false));
    }

    [Fact]
    public void Files_name_members_in_lower_case_with_hyphens() => ModelEnumeration.All.SelectMany(enumeration => enumeration.Members).Select(member => ModelEnumeration.NameInFiles(member.Name))
        .ShouldBe(["none", "half-precision", "cpu", "as-stored", "half", "bfloat16", "none", "after-ready"], ignoreOrder: true);
}
