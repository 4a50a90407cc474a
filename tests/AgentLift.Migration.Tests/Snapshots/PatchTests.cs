using System.Diagnostics;
using System.Text;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Tests.Snapshots;

/// <summary>Patches go through the real git, and the tree must come out byte for byte.</summary>
public sealed class PatchTests : IDisposable
{
    private readonly SnapshotTree tree = new();

    public void Dispose() => tree.Dispose();

    public static TheoryData<string, byte[], byte[]> Contents => new()
    {
        { "plain.cs", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"u8.ToArray(), "1\n2\nthree\n4\n5\n6\n7\n8\n9\nten\n"u8.ToArray() },
        { "first and last.cs", "1\n2\n3\n"u8.ToArray(), "0\n1\n2\n3\n4\n"u8.ToArray() },
        { "crlf.cs", "\uFEFFclass A\r\n{\r\n}\r\n"u8.ToArray(), "\uFEFFclass B\r\n{\r\n}\r\n"u8.ToArray() },
        { "mixed.cs", "a\r\nb\nc\rd\n"u8.ToArray(), "a\nb\r\nc\rd\n"u8.ToArray() },
        { "no newline.cs", "a\nb"u8.ToArray(), "a\nc"u8.ToArray() },
        { "loses newline.cs", "a\nb\n"u8.ToArray(), "a\nb"u8.ToArray() },
        { "gains newline.cs", "a\nb"u8.ToArray(), "a\nb\n"u8.ToArray() },
        { "emptied.cs", "a\nb"u8.ToArray(), [] },
        { "filled.cs", [], "a\nb"u8.ToArray() },
        { "latin.cs", [.. "// "u8, 0xE4, 0x0A, 0xFF], [.. "// "u8, 0xF6, 0x0A, 0xFE, 0x0A] },
        { "wide.cs", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x0D, 0x0A], [0xFF, 0xFE, 0x62, 0x00, 0x0A, 0x00, 0x0D, 0x0A] },
        { "ünï/\U0001F600.cs", "a\n"u8.ToArray(), "b\n"u8.ToArray() },
        { "quote\"back\\slash\ttab.cs", "a\n"u8.ToArray(), "b\n"u8.ToArray() },
        { "--- looks like a header.cs", "-- a\n++ b\n"u8.ToArray(), "-- b\n@@ c\n\\ d\n"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Git_takes_an_edit_forward_and_back(string file, byte[] before, byte[] after)
    {
        tree.Write(file, before);
        tree.Write("other.cs", "untouched");
        GoesBothWays(FileChange.Edit(file, ContentHash.Of(before), after));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Git_takes_a_new_and_a_deleted_file_forward_and_back(string file, byte[] before, byte[] after)
    {
        tree.Write("old/" + file, before, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        GoesBothWays(FileChange.Delete("old/" + file, ContentHash.Of(before)), FileChange.Create("new/" + file, after));
    }

    [Fact]
    public void Git_takes_many_random_edits_forward_and_back()
    {
        var random = new Random(7);
        var changes = new List<FileChange>();
        for (var i = 0; i < 60; i++)
        {
            var lines = Enumerable.Range(0, random.Next(80)).Select(_ => $"line {random.Next(12)}{(random.Next(3) == 0 ? "\r" : "")}\n").ToList();
            var before = SnapshotTree.Bytes(string.Concat(lines));
            for (var edit = random.Next(1, 6); edit > 0; edit--)
                lines.Insert(random.Next(lines.Count + 1), $"new {random.Next(12)}\n");
            if (lines.Count > 8)
                lines.RemoveRange(random.Next(lines.Count - 4), random.Next(4));
            if (random.Next(2) == 0)
                lines[^1] = lines[^1].TrimEnd('\n');
            tree.Write($"F{i}.cs", before);
            changes.Add(FileChange.Edit($"F{i}.cs", ContentHash.Of(before), SnapshotTree.Bytes(string.Concat(lines))));
        }

        GoesBothWays([.. changes]);
    }

    [Fact]
    public void Several_stages_on_one_file_make_one_change()
    {
        tree.Write("A.cs", "1\n");
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [tree.Edit("A.cs", "2\n"), SnapshotTree.Create("Passing.cs", "x")]);
        run.Apply("CoreLogic", "A", [tree.Edit("A.cs", "3\n"), tree.Delete("Passing.cs")]);

        Patch(run.Id).ShouldBe("diff --git a/A.cs b/A.cs\n--- a/A.cs\n+++ b/A.cs\n@@ -1,1 +1,1 @@\n-1\n+3\n");
        Patch(run.Id, reverse: true).ShouldContain("-3\n+1\n");
    }

    [Fact]
    public void What_was_taken_back_in_part_is_not_in_the_patch()
    {
        using var store = tree.Open();
        var run = store.Begin(SnapshotTree.Info);
        run.Apply("Infrastructure", "A", [SnapshotTree.Create("A.cs", "a\n")]);
        run.Apply("Infrastructure", "B", [SnapshotTree.Create("B.cs", "b\n")]);

        store.Rollback(new RollbackSelection { Agent = "A" });
        Patch(run.Id).ShouldNotContain("A.cs");
        store.Rollback(new RollbackSelection { Agent = "B" });
        Patch(run.Id).ShouldContain("A.cs");
    }

    private void GoesBothWays(params FileChange[] changes)
    {
        var before = AsGitSeesIt();
        string[] after;
        byte[] forward;
        byte[] reverse;
        using (var store = tree.Open())
        {
            var run = SnapshotTree.Apply(store, changes);
            after = AsGitSeesIt();
            forward = PatchBytes(run);
            reverse = PatchBytes(run, reverse: true);
            store.Rollback(new RollbackSelection());
        }

        AsGitSeesIt().ShouldBe(before);
        Git(forward);
        AsGitSeesIt().ShouldBe(after);
        Git(reverse);
        AsGitSeesIt().ShouldBe(before);
        Git(forward);
        Git(forward, "-R");
        AsGitSeesIt().ShouldBe(before);
    }

    // Git knows no folders, and of a mode only whether its owner may execute the file.
    private string[] AsGitSeesIt() =>
    [
        .. tree.State(times: false)
            .Where(line => !line.EndsWith("-> "))
            .Select(line => $"{line[..(line.IndexOf(".cs", StringComparison.Ordinal) + 3)]} {line.Contains("UserExecute")} {line[^64..]}"),
    ];

    private string Patch(string run, bool reverse = false) => Encoding.Latin1.GetString(PatchBytes(run, reverse));

    private byte[] PatchBytes(string run, bool reverse = false)
    {
        using var output = new MemoryStream();
        RunPatch.Write(tree.Root, run, output, reverse);
        return output.ToArray();
    }

    private void Git(byte[] patch, params string[] options)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--whitespace=nowarn", .. options, "-"])
        {
            WorkingDirectory = tree.Root,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        git.StandardInput.BaseStream.Write(patch);
        git.StandardInput.Close();
        var said = git.StandardError.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, said + Encoding.Latin1.GetString(patch));
    }
}
