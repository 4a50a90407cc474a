using AgentLift.Generators.LazyDependencies;
using AgentLift.Generators.LazyDependencies.Plain;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.Tests;

/// <summary>The two readers of lazy members: by the text of plain ones, and by the symbols of all. What one writes or reports the other must, to the letter.</summary>
internal static class LazyReaders
{
    /// <summary>Checks that the generator does what it would do if it read every member by its symbol.</summary>
    public static void ShouldAgreeOn(CSharpCompilation compilation) => ShouldAgreeOn(compilation, compilation);

    /// <summary>The same, with another compilation for the reader of symbols.</summary>
    public static void ShouldAgreeOn(CSharpCompilation compilation, CSharpCompilation forSymbols)
    {
        var results = ResultsOf(new LazyDependencyGenerator(), compilation);
        var bySymbols = ResultsOf(new BySymbolsAlone(), forSymbols);

        results.Except(bySymbols).FirstOrDefault().ShouldBe(bySymbols.Except(results).FirstOrDefault());
        results.ShouldBe(bySymbols);
    }

    /// <summary>The names of members that are marked in the text, and of those among them that are read from it.</summary>
    public static (string Marked, string Plain) In(CSharpCompilation compilation)
    {
        var marked = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Where(PlainMemberReader.IsMarked).Cast<MemberDeclarationSyntax>().ToList();
        var plain = marked.Where(member => PlainMemberReader.Read(member, compilation.GetSemanticModel(member.SyntaxTree), CancellationToken.None) is not null);
        return (Names(marked), Names(plain));
    }

    private static string Names(IEnumerable<MemberDeclarationSyntax> members) => string.Join(
        " ",
        members.Select(member => member is PropertyDeclarationSyntax property ? property.Identifier.Text : ((MethodDeclarationSyntax)member).Identifier.Text));

    private static List<string> ResultsOf(IIncrementalGenerator generator, CSharpCompilation compilation)
    {
        var result = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation)
            .GetRunResult().Results.Single();
        result.Exception.ShouldBeNull();
        return
        [
            .. result.Diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal),
            .. result.GeneratedSources.Select(source => $"// ==== {source.HintName}\n{source.SourceText}"),
        ];
    }

    private sealed class BySymbolsAlone : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            LazyDependencyGenerator.Write(context, LazyDependencyGenerator.BySymbol(context, static _ => true));
    }
}
