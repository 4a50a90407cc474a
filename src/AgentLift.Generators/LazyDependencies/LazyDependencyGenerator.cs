using System.Collections.Immutable;
using AgentLift.Generators.LazyDependencies.Plain;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Writes the bodies of members marked <c>[LazyDependency]</c>: thin glue over the runtime's lazy dependencies.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LazyDependencyGenerator : IIncrementalGenerator
{
    /// <summary>The names of the steps, in their order.</summary>
    internal static readonly ImmutableArray<string> Steps = [Step.Read, Step.ReadBySymbol, Step.All, Step.Problems, Step.Usable, Step.Collected, Step.Agents];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => PlainMemberReader.IsMarked(node), LazyMemberReader.Read)
            .SelectMany(static (member, _) => member is null ? [] : ImmutableArray.Create(member))
            .WithTrackingName(Step.Read);
        // Aliases, qualified names, and attributes where they do not belong.
        var readBySymbol = BySymbol(context, static node => !PlainMemberReader.IsMarked(node)).WithTrackingName(Step.ReadBySymbol);
        Write(
            context,
            read.Collect().Combine(readBySymbol.Collect()).SelectMany(static (members, _) => members.Left.AddRange(members.Right)).WithTrackingName(Step.All));
    }

    /// <summary>Reads marked members by their symbols alone.</summary>
    internal static IncrementalValuesProvider<ReadMember> BySymbol(IncrementalGeneratorInitializationContext context, Func<SyntaxNode, bool> isAsked) => context.SyntaxProvider
        .ForAttributeWithMetadataName(KnownNames.LazyDependencyAttribute, (node, _) => node is MemberDeclarationSyntax && isAsked(node), LazyMemberReader.Read);

    /// <summary>Tells what is wrong with members, and writes the others.</summary>
    internal static void Write(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ReadMember> read)
    {
        var problems = read.SelectMany(static (member, _) => member.Problems.Items).WithTrackingName(Step.Problems);
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));

        var agents = read
            .SelectMany(static (member, _) => member.Member is { } usable ? ImmutableArray.Create(usable) : [])
            .WithTrackingName(Step.Usable)
            .Collect()
            .WithTrackingName(Step.Collected)
            .SelectMany(static (members, _) => LazyAgents.Of(members))
            .WithTrackingName(Step.Agents);
        context.RegisterSourceOutput(agents, static (output, agent) => output.AddSource(agent.HintName, LazyAgentWriter.Write(agent)));
    }

    private static class Step
    {
        public const string Read = "ReadLazyMembers";
        public const string ReadBySymbol = "ReadLazyMembersBySymbol";
        public const string All = "AllLazyMembers";
        public const string Problems = "LazyMemberProblems";
        public const string Usable = "UsableLazyMembers";
        public const string Collected = "CollectedLazyMembers";
        public const string Agents = "AgentsWithLazyMembers";
    }
}
