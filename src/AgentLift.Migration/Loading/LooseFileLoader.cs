using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Loading;

/// <summary>Puts C# files that have no project into one: newest language, implicit usings, the references and symbols of an empty web project.</summary>
internal static class LooseFileLoader
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    public static LoadedSource Load(AssessTarget target)
    {
        var workspace = new AdhocWorkspace(WorkspaceServices.All);
        var id = ProjectId.CreateNewId();
        var name = Path.GetFileName(target.Root) is { Length: > 0 } folder ? folder : "files";
        var project = ProjectInfo.Create(
            id,
            VersionStamp.Default,
            name,
            name,
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: TargetSymbols.OfNewestFramework),
            documents: target.Files.Select(file => DocumentOf(id, file)),
            metadataReferences: ReferenceAssemblies.Load());

        var solution = workspace.CurrentSolution
            .AddProject(project)
            .AddDocument(DocumentId.CreateNewId(id), "ImplicitUsings.g.cs", SourceText.From(ImplicitUsings), isGenerated: true);
        foreach (var config in EditorConfigsOf(target.Files))
        {
            solution = solution.AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(id), Path.GetFileName(config), SourceText.From(File.ReadAllText(config)), filePath: config);
        }

        return new LoadedSource(solution, []);
    }

    private static DocumentInfo DocumentOf(ProjectId project, string file) =>
        DocumentInfo.Create(
            DocumentId.CreateNewId(project),
            Path.GetFileName(file),
            loader: new FileTextLoader(file, defaultEncoding: null),
            filePath: file);

    /// <summary>Every <c>.editorconfig</c> that applies to some file; the compiler works out which applies where.</summary>
    private static IEnumerable<string> EditorConfigsOf(ImmutableArray<string> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            for (var folder = Path.GetDirectoryName(file); folder is not null && folders.Add(folder); folder = Path.GetDirectoryName(folder))
            {
                var config = Path.Combine(folder, ".editorconfig");
                if (File.Exists(config))
                    yield return config;
            }
        }
    }
}
