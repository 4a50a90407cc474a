using System.Collections.Immutable;
using System.Text;
using AgentLift.Migration.Editing;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.References;

/// <summary>Adds to project files the packages that lifted code needs: the runtime, and the analyzers with their generators, which only the compiler sees.</summary>
/// <param name="version">The version, which is that of the tool.</param>
internal sealed class LiftPackages(string version)
{
    /// <summary>The id of the runtime's package.</summary>
    public const string Runtime = "AgentLift.Runtime";

    /// <summary>The id of the package of analyzers, fixes and generators.</summary>
    public const string Compiler = "AgentLift";

    /// <summary>The edits by which a project refers to the packages; none where it does already.</summary>
    /// <param name="project">Full path of the project file.</param>
    /// <param name="read">Reads a file as it will be by then.</param>
    public ImmutableArray<FileEdit> EditsFor(string project, Func<string, SourceText> read)
    {
        var central = CentralVersions.FileFor(project);
        var text = read(project).ToString();
        var versions = central is null ? null : read(central).ToString();
        foreach (var (id, use) in new[] { (Compiler, " PrivateAssets=\"all\""), (Runtime, string.Empty) })
        {
            if (!PackageReferenceEdit.Has(text, "PackageReference", id))
                text = PackageReferenceEdit.Add(text, "PackageReference", $"<PackageReference Include=\"{id}\"{(central is null ? $" Version=\"{version}\"" : string.Empty)}{use} />") ?? text;
            if (versions is not null && !CentralVersions.Know(central!, id) && !PackageReferenceEdit.Has(versions, "PackageVersion", id))
                versions = PackageReferenceEdit.Add(versions, "PackageVersion", $"<PackageVersion Include=\"{id}\" Version=\"{version}\" />") ?? versions;
        }

        return [.. Edit(project, text, read), .. versions is null ? [] : Edit(central!, versions, read)];
    }

    private static IEnumerable<FileEdit> Edit(string file, string after, Func<string, SourceText> read)
    {
        var before = read(file);
        return before.ToString() == after ? [] : [new FileEdit(file, before, SourceText.From(after, before.Encoding ?? Encoding.UTF8))];
    }
}
