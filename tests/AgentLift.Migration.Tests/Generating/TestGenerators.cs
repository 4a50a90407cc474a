using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.Generating;

/// <summary>Writes a file with a class for each class whose name ends in <c>Agent</c>, and warns of one whose name begins with <c>Odd</c>.</summary>
internal sealed class TwinGenerator : IIncrementalGenerator
{
    /// <summary>How often it was asked for the output of a class.</summary>
    public int Written { get; private set; }

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { Identifier.ValueText: var name } && name.EndsWith("Agent", StringComparison.Ordinal),
            static (found, _) => ((ClassDeclarationSyntax)found.Node).Identifier.ValueText);
        context.RegisterSourceOutput(names, (output, name) =>
        {
            Written++;
            output.AddSource(name + "Twin.g.cs", SourceText.From($"public class {name}Twin {{ }}\n", Encoding.UTF8));
            if (name.StartsWith("Odd", StringComparison.Ordinal))
                output.ReportDiagnostic(Diagnostic.Create("TWIN1", "Test", $"{name} is odd", DiagnosticSeverity.Warning, DiagnosticSeverity.Warning, isEnabledByDefault: true, warningLevel: 1));
        });
    }
}

/// <summary>A reference to one generator, as a package brings it.</summary>
internal sealed class GeneratorReference(string path, IIncrementalGenerator generator) : AnalyzerReference
{
    public override string FullPath => path;

    public override object Id => path;

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

    public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => [generator.AsSourceGenerator()];
}
