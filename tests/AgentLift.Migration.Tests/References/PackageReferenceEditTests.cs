using AgentLift.Migration.References;

namespace AgentLift.Migration.Tests.References;

public class PackageReferenceEditTests
{
    private const string Item = "<PackageReference Include=\"X\" />";

    [Fact]
    public void The_item_goes_beside_the_others_with_their_indentation() =>
        Add("<Project>\n\t<ItemGroup>\n\t\t<PackageReference Include=\"A\" />\n\t</ItemGroup>\n</Project>\n")
            .ShouldBe("<Project>\n\t<ItemGroup>\n\t\t<PackageReference Include=\"A\" />\n\t\t" + Item + "\n\t</ItemGroup>\n</Project>\n");

    [Fact]
    public void Line_endings_stay_as_they_are() =>
        Add("<Project>\r\n  <PropertyGroup />\r\n</Project>\r\n")
            .ShouldBe("<Project>\r\n  <PropertyGroup />\r\n\r\n  <ItemGroup>\r\n    " + Item + "\r\n  </ItemGroup>\r\n</Project>\r\n");

    [Fact]
    public void Empty_lines_around_groups_are_kept_up() =>
        Add("<Project>\n\n  <PropertyGroup />\n\n</Project>\n")
            .ShouldBe("<Project>\n\n  <PropertyGroup />\n\n  <ItemGroup>\n    " + Item + "\n  </ItemGroup>\n\n</Project>\n");

    [Theory]
    [InlineData("<Project>\n  <ItemGroup Condition=\"'$(A)' == '1'\">\n    <PackageReference Include=\"A\" />\n  </ItemGroup>\n</Project>\n")]
    [InlineData("<Project>\n  <!-- <ItemGroup>\n    <PackageReference Include=\"A\" />\n  </ItemGroup> -->\n</Project>\n")]
    public void A_group_with_a_condition_or_in_a_comment_is_left_alone(string text)
    {
        var added = Add(text)!;

        added.ShouldStartWith(text[..text.IndexOf("</Project>", StringComparison.Ordinal)]);
        added.ShouldContain("\n  <ItemGroup>\n    " + Item);
    }

    [Fact]
    public void An_item_that_spans_lines_is_followed_not_split() =>
        Add("<Project>\n  <ItemGroup>\n    <PackageReference Include=\"A\">\n      <PrivateAssets>all</PrivateAssets>\n    </PackageReference>\n  </ItemGroup>\n</Project>")
            .ShouldBe("<Project>\n  <ItemGroup>\n    <PackageReference Include=\"A\">\n      <PrivateAssets>all</PrivateAssets>\n    </PackageReference>\n    " + Item + "\n  </ItemGroup>\n</Project>");

    [Fact]
    public void A_file_that_is_no_project_is_refused() => Add("hello").ShouldBeNull();

    [Fact]
    public void An_item_is_known_whatever_its_quotes_and_not_in_a_comment()
    {
        PackageReferenceEdit.Has("<PackageReference Version='1' Include='x' />", "PackageReference", "X").ShouldBeTrue();
        PackageReferenceEdit.Has("<!-- <PackageReference Include=\"X\" /> -->", "PackageReference", "X").ShouldBeFalse();
    }

    private static string? Add(string text) => PackageReferenceEdit.Add(text, "PackageReference", Item);
}
