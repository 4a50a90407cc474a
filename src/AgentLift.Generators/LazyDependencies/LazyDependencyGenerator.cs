using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Writes the bodies of members marked <c>[LazyDependency]</c>: thin glue over the runtime's lazy dependencies.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LazyDependencyGenerator : IIncrementalGenerator
{
    /// <summary>The names of the steps, in their order.</summary>
    internal static readonly ImmutableArray<string> Steps = [Step.Read, Step.Problems, Step.Usable, Step.Collected, Step.Agents];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.LazyDependencyAttribute, static (node, _) => node is MemberDeclarationSyntax, LazyMemberReader.Read)
            .WithTrackingName(Step.Read);

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
        public const string Problems = "LazyMemberProblems";
        public const string Usable = "UsableLazyMembers";
        public const string Collected = "CollectedLazyMembers";
        public const string Agents = "AgentsWithLazyMembers";
    }
}
