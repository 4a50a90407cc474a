using AgentLift.Migration.Assessment;
using AgentLift.Migration.Loading;

namespace AgentLift.Migration.Tests.Loading;

public sealed class RestoreOutputTests
{
    private static readonly AssessTarget Target = new(TargetKind.Solution, "Fleet.sln", "/fleet", ["/fleet/Fleet.sln"], []);

    [Fact]
    public void The_first_error_of_each_project_is_reported()
    {
        var errors = RestoreOutput.ErrorsOf(
            """
              Determining projects to restore...
            /fleet/a/A.csproj : error NU1101: Unable to find package X. [/fleet/Fleet.sln]
            /fleet/a/A.csproj : error NU1101: Unable to find package Y. [/fleet/Fleet.sln]
            /fleet/b/B.csproj : error NU1102: Unable to find package Z with version (>= 9.0.0) [/fleet/Fleet.sln]
            """,
            Target);

        errors.Select(error => error.File).ShouldBe(["a/A.csproj", "b/B.csproj"]);
        errors[0].Message.ShouldBe("the project does not restore: NU1101: Unable to find package X.");
        errors.ShouldAllBe(error => error.Kind == AssessmentErrorKind.Load && error.NextStep.Length > 0);
    }

    [Fact]
    public void A_malformed_project_is_named_with_its_line()
    {
        var error = RestoreOutput.ErrorsOf("/fleet/a/A.csproj(4,3): error MSB4025: The project file could not be loaded.", Target).ShouldHaveSingleItem();

        (error.File, error.Line).ShouldBe(("a/A.csproj", 4));
        RestoreOutput.BreaksOthers(error).ShouldBeTrue();
    }

    [Fact]
    public void A_missing_project_is_named_in_place_of_the_file_of_the_sdk()
    {
        var error = RestoreOutput.ErrorsOf(
            "/sdk/NuGet.targets(521,5): error MSB3202: The project file \"/fleet/gone/Gone.csproj\" was not found. [/fleet/Fleet.sln]", Target).ShouldHaveSingleItem();

        (error.File, error.Line, error.Message).ShouldBe(("gone/Gone.csproj", null, "the project does not exist"));
    }

    [Fact]
    public void Output_that_names_no_error_still_gives_one() =>
        RestoreOutput.ErrorsOf("Segmentation fault\n", Target).ShouldHaveSingleItem().Message.ShouldBe("dotnet restore failed: Segmentation fault");
}
