using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Migration.Loading;

/// <summary>
/// Gives each of several loose files with top-level statements a project of its own that refers to the rest:
/// two programs in one compilation are an error, and their statements would run together into one class.
/// </summary>
internal static class LoosePrograms
{
    public static async Task<Solution> SeparateAsync(Solution solution, CancellationToken cancellationToken)
    {
        var project = solution.Projects.Single();
        var programs = new List<Document>();
        foreach (var document in project.Documents)
        {
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is CompilationUnitSyntax unit
                && unit.Members.Any(member => member is GlobalStatementSyntax))
            {
                programs.Add(document);
            }
        }

        if (programs.Count > 1)
        {
            foreach (var program in programs)
                solution = await MoveOutAsync(solution, project, program, cancellationToken).ConfigureAwait(false);
        }

        return solution;
    }

    private static async Task<Solution> MoveOutAsync(Solution solution, Project from, Document program, CancellationToken cancellationToken)
    {
        var id = ProjectId.CreateNewId();
        var moved = solution
            .RemoveDocument(program.Id)
            .AddProject(ProjectInfo.Create(
                id,
                VersionStamp.Default,
                from.Name,
                $"{from.AssemblyName}.{id.Id:N}",
                from.Language,
                compilationOptions: from.CompilationOptions,
                parseOptions: from.ParseOptions,
                projectReferences: [new ProjectReference(from.Id)],
                metadataReferences: from.MetadataReferences));
        foreach (var document in from.Documents.Where(document => document.FilePath is null || document.Id == program.Id))
        {
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            moved = moved.AddDocument(DocumentId.CreateNewId(id), document.Name, text, filePath: document.FilePath);
        }

        foreach (var config in from.AnalyzerConfigDocuments)
        {
            var text = await config.GetTextAsync(cancellationToken).ConfigureAwait(false);
            moved = moved.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), config.Name, text, filePath: config.FilePath);
        }

        return moved;
    }
}
