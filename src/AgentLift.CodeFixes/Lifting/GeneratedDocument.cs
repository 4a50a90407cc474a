using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>
/// What a source generator wrote, as a document like any other: in a solution whose generators run when they are asked to, not after each edit. It stands in a
/// logical folder that no project has, and nothing but its generator edits it.
/// </summary>
internal static class GeneratedDocument
{
    private const string Folder = "<generated>";

    /// <summary>Whether a generator wrote a document.</summary>
    public static bool Is(TextDocument document) => document.Folders is [Folder];

    /// <summary>Adds one to a project.</summary>
    public static Solution Add(Solution solution, ProjectId project, string path, SourceText text) => solution.AddDocument(DocumentInfo.Create(
        DocumentId.CreateNewId(project),
        Path.GetFileName(path),
        [Folder],
        SourceCodeKind.Regular,
        TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default, path)),
        path,
        isGenerated: true));
}
