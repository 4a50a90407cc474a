using System.Collections.Immutable;
using System.Text;
using AgentLift.Migration.Editing;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.References;

/// <summary>Adds the runtime's package to project files.</summary>
/// <param name="version">The version, which is that of the tool.</param>
internal sealed class RuntimePackage(string version)
{
    /// <summary>The id of the package.</summary>
    public const string Id = "AgentLift.Runtime";

    /// <summary>The edits by which a project refers to the package; none where it does already.</summary>
    /// <param name="project">Full path of the project file.</param>
    /// <param name="read">Reads a file as it will be by then.</param>
    public ImmutableArray<FileEdit> EditsFor(string project, Func<string, SourceText> read)
    {
        var edits = ImmutableArray.CreateBuilder<FileEdit>();
        var central = CentralVersions.FileFor(project);
        var text = read(project);
        if (!PackageReferenceEdit.Has(text.ToString(), "PackageReference", Id))
            Add(project, text, "PackageReference", central is null ? $"<PackageReference Include=\"{Id}\" Version=\"{version}\" />" : $"<PackageReference Include=\"{Id}\" />");
        if (central is not null && !CentralVersions.Know(central, Id) && read(central) is var versions && !PackageReferenceEdit.Has(versions.ToString(), "PackageVersion", Id))
            Add(central, versions, "PackageVersion", $"<PackageVersion Include=\"{Id}\" Version=\"{version}\" />");
        return edits.ToImmutable();

        void Add(string file, SourceText before, string kind, string item)
        {
            if (PackageReferenceEdit.Add(before.ToString(), kind, item) is { } after)
                edits.Add(new FileEdit(file, before, SourceText.From(after, before.Encoding ?? Encoding.UTF8)));
        }
    }
}
