using System.Collections.Immutable;
using System.Text;
using AgentLift.Migration.Editing;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.References;

/// <summary>Adds to project files the package that lifted code needs: the runtime, which brings its generators.</summary>
/// <param name="version">The version, which is that of the tool.</param>
internal sealed class LiftPackages(string version)
{
    /// <summary>The id of the runtime's package.</summary>
    public const string Runtime = "AgentLift.Runtime";

    /// <summary>The edits by which a project refers to the package; none where it does already.</summary>
    /// <param name="project">Full path of the project file.</param>
    /// <param name="read">Reads a file as it will be by then.</param>
    public ImmutableArray<FileEdit> EditsFor(string project, Func<string, SourceText> read)
    {
        var central = CentralVersions.FileFor(project);
        var text = read(project).ToString();
        var versions = central is null ? null : read(central).ToString();
        if (!PackageReferenceEdit.Has(text, "PackageReference", Runtime))
            text = PackageReferenceEdit.Add(text, "PackageReference", central is null ? $"<PackageReference Include=\"{Runtime}\" Version=\"{version}\" />" : $"<PackageReference Include=\"{Runtime}\" />") ?? text;
        if (versions is not null && !CentralVersions.Know(central!, Runtime) && !PackageReferenceEdit.Has(versions, "PackageVersion", Runtime))
            versions = PackageReferenceEdit.Add(versions, "PackageVersion", $"<PackageVersion Include=\"{Runtime}\" Version=\"{version}\" />") ?? versions;
        return [.. Edit(project, text, read), .. versions is null ? [] : Edit(central!, versions, read)];
    }

    private static IEnumerable<FileEdit> Edit(string file, string after, Func<string, SourceText> read)
    {
        var before = read(file);
        return before.ToString() == after ? [] : [new FileEdit(file, before, SourceText.From(after, before.Encoding ?? Encoding.UTF8))];
    }
}
