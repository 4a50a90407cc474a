using AgentLift.Migration.References;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.References;

public sealed class LiftPackagesTests : IDisposable
{
    private const string Project = "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_project_with_its_own_versions_gets_the_version()
    {
        var project = folder.Write("src/Fleet.csproj", Project);

        var edit = Edits(project).ShouldHaveSingleItem();

        edit.ShouldContain("<PackageReference Include=\"AgentLift.Runtime\" Version=\"1.2.3\" />");
    }

    [Fact]
    public void Where_versions_are_central_the_version_goes_there()
    {
        folder.Write("Directory.Packages.props", "<Project>\n  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>\n</Project>\n");
        var project = folder.Write("src/Fleet.csproj", Project);

        var edits = Edits(project);

        edits.Length.ShouldBe(2);
        edits[0].ShouldContain("<PackageReference Include=\"AgentLift.Runtime\" />");
        edits[1].ShouldContain("<PackageVersion Include=\"AgentLift.Runtime\" Version=\"1.2.3\" />");
    }

    [Fact]
    public void The_switch_may_stand_in_a_file_further_up_that_the_nearest_imports()
    {
        folder.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        var nearest = folder.Write("src/Directory.Packages.props", "<Project>\n</Project>\n");

        CentralVersions.FileFor(folder.Write("src/Fleet.csproj", Project)).ShouldBe(nearest);
    }

    [Fact]
    public void A_project_that_refers_to_the_package_is_left_alone() =>
        Edits(folder.Write("Fleet.csproj", "<Project>\n  <ItemGroup><PackageReference Include=\"AgentLift.Runtime\" Version=\"1.0.0\" /></ItemGroup>\n</Project>\n")).ShouldBeEmpty();

    private static string[] Edits(string project) =>
        [.. new LiftPackages("1.2.3").EditsFor(project, file => SourceText.From(File.ReadAllText(file))).Select(edit => edit.After!.ToString())];
}
