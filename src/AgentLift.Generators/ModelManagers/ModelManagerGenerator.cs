using System.Collections.Immutable;
using AgentLift.Generators.ModelManagers.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Writes the models of classes marked <c>[ModelManager]</c>, from attributes and from models files, and the loaders for TorchSharp.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelManagerGenerator : IIncrementalGenerator
{
    /// <summary>The names of the steps, in their order.</summary>
    internal static readonly ImmutableArray<string> Steps =
        [Step.Read, Step.Stray, Step.WantedFiles, Step.Files, Step.WithFiles, Step.Whole, Step.Problems, Step.Managers, Step.Loaders];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.ModelManagerAttribute, static (node, _) => node is TypeDeclarationSyntax, ManagerReader.Read)
            .WithTrackingName(Step.Read);
        var stray = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.ModelAttribute, static (node, _) => node is BasePropertyDeclarationSyntax, StrayModels.Read)
            .SelectMany(static (problems, _) => problems.Items)
            .WithTrackingName(Step.Stray);

        var files = Files(context, read);
        var whole = read
            .Combine(files.Collect())
            .SelectMany(static (pair, _) => ManagerFiles.Of(pair.Left, pair.Right))
            .WithTrackingName(Step.WithFiles)
            .Combine(context.CompilationProvider) // Only a compilation knows the types that a models file names. No step after this one sees it.
            .Select(static (pair, cancellationToken) => WholeManagers.Of(pair.Left, pair.Right, cancellationToken))
            .WithTrackingName(Step.Whole);

        var problems = whole.SelectMany(static (manager, _) => manager.Problems.Items).WithTrackingName(Step.Problems);
        Report(context, read.SelectMany(static (manager, _) => manager.Problems.Items));
        Report(context, stray);
        Report(context, files.SelectMany(static (file, _) => file.Problems.Items));
        Report(context, problems);

        var managers = whole.Collect().SelectMany(static (managers, _) => ManagerCode.Of(managers)).WithTrackingName(Step.Managers);
        context.RegisterSourceOutput(managers, static (output, manager) => output.AddSource(manager.HintName, ManagerWriter.Write(manager)));

        var loaders = managers.Collect().Select(static (managers, _) => managers.Any(manager => manager.UsesTorchSharp)).WithTrackingName(Step.Loaders);
        context.RegisterSourceOutput(loaders, static (output, used) =>
        {
            foreach (var (hintName, text) in used ? TorchSharpLoaders.Files : [])
                output.AddSource(hintName, text);
        });
    }

    /// <summary>The models files that managers name, among the additional files. No other file is read.</summary>
    private static IncrementalValuesProvider<ModelsFile> Files(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ReadManager> read)
    {
        var wanted = read
            .SelectMany(static (manager, _) => manager.Manager?.File is { } file ? ImmutableArray.Create(file.Name) : [])
            .Collect()
            .Select(static (names, _) => new EquatableArray<string>([.. names.Distinct().OrderBy(name => name, StringComparer.Ordinal)]))
            .WithTrackingName(Step.WantedFiles);
        return context.AdditionalTextsProvider
            .Combine(wanted)
            .SelectMany(static (pair, cancellationToken) => pair.Right.Items.Any(name => ModelsFile.IsNamed(pair.Left.Path, name))
                ? ImmutableArray.Create(ModelsFileReader.Read(pair.Left, cancellationToken))
                : [])
            .WithTrackingName(Step.Files);
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Problem> problems) =>
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));

    private static class Step
    {
        public const string Read = "ReadManagers";
        public const string Stray = "StrayModels";
        public const string WantedFiles = "WantedModelsFiles";
        public const string Files = "ReadModelsFiles";
        public const string WithFiles = "ManagersWithFiles";
        public const string Whole = "WholeManagers";
        public const string Problems = "ModelProblems";
        public const string Managers = "ManagersWithModels";
        public const string Loaders = "TorchSharpLoaders";
    }
}
