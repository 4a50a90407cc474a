using System.Text;
using AgentLift.Migration.Editing;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.Editing;

public class SourceBytesTests
{
    public static TheoryData<byte[]> Files => new()
    {
        "class A { } // plain\n"u8.ToArray(),
        (byte[])[0xEF, 0xBB, 0xBF, .. "class A { } // märk\r\n"u8],
        (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes("class A { } // wide\r\n")],
        (byte[])[0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("class A { } // wide\n")],
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Only_what_was_edited_changes(byte[] bytes)
    {
        var before = Read(bytes);
        var after = before.Replace(before.ToString().IndexOf('A', StringComparison.Ordinal), 1, "B");

        var edited = SourceBytes.Edit(before, bytes, after)!;

        SourceBytes.Edit(Read(edited), edited, before).ShouldBe(bytes);
        Read(edited).ToString().ShouldStartWith("class B");
    }

    [Fact]
    public void Bytes_that_are_not_those_of_the_text_are_refused()
    {
        var before = SourceText.From("class A { }");

        SourceBytes.Edit(before, "class A { } // changed"u8, SourceText.From("class B { }")).ShouldBeNull();
    }

    [Fact]
    public void A_new_file_is_utf8_without_a_mark() =>
        SourceBytes.New(SourceText.From("// ä")).ShouldBe("// ä"u8.ToArray());

    private static SourceText Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return SourceText.From(stream);
    }
}
