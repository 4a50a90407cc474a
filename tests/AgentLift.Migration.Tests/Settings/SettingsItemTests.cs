using AgentLift.Migration.Settings;

namespace AgentLift.Migration.Tests.Settings;

public class SettingsItemTests
{
    [Fact]
    public void A_plain_project_gets_an_item_that_copies_the_file() =>
        SettingsItem.Add("<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup />\n</Project>\n")
            .ShouldBe("<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup />\n\n  <ItemGroup>\n    <None Update=\"appsettings.json\" CopyToOutputDirectory=\"PreserveNewest\" />\n  </ItemGroup>\n</Project>\n");

    [Fact]
    public void A_project_without_default_items_includes_the_file() =>
        SettingsItem.Add("<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><EnableDefaultItems>false</EnableDefaultItems></PropertyGroup></Project>")!.ShouldContain("<None Include=\"appsettings.json\"");

    [Theory]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk.Worker\"></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk.Web/10.0.0\"></Project>")]
    [InlineData("<Project><Sdk Name='Microsoft.NET.Sdk.Web' /></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><None Include=\"appsettings.json;directory.json\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><Content Include=\"**\\*.json\"><CopyToOutputDirectory>Always</CopyToOutputDirectory></Content></ItemGroup></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><None Update='appsettings*.json' CopyToOutputDirectory='PreserveNewest' /></ItemGroup></Project>")]
    public void A_project_that_copies_it_already_stays_as_it_is(string project) => SettingsItem.Add(project).ShouldBe(project);

    [Theory]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><None Include=\"config\\*.json\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><None Update=\"appsettings.json\" CopyToOutputDirectory=\"Never\" /></ItemGroup></Project>")]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\"><!-- <None Update=\"appsettings.json\" CopyToOutputDirectory=\"Always\" /> --></Project>")]
    public void Another_file_or_a_comment_does_not_count(string project) => SettingsItem.Add(project)!.ShouldContain("<None Update=\"appsettings.json\" CopyToOutputDirectory=\"PreserveNewest\" />");

    [Theory]
    [InlineData("<None Include=\"..\\shared\\appsettings.json\" />", true)]
    [InlineData("<Content Include=\"$(Shared)appsettings.json\" CopyToOutputDirectory=\"Always\" />", true)]
    [InlineData("<None Include=\"../shared/fleet.json\" Link=\"appsettings.json\" />", true)]
    [InlineData("<None Include=\"../shared/fleet.json\"><Link>appsettings.json</Link></None>", true)]
    [InlineData("<None Update=\"appsettings.json\" />", false)]
    [InlineData("<None Update=\"**/appsettings.json\" />", false)]
    public void A_project_may_take_the_file_from_another_folder(string item, bool expected) =>
        SettingsItem.IsElsewhere($"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{item}</ItemGroup></Project>").ShouldBe(expected);
}
