using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Writes <c>AddAgents()</c>, which registers every agent of an assembly, and the manifest of that fleet.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class AgentRegistrationGenerator : IIncrementalGenerator
{
    /// <summary>The names of the steps, in their order.</summary>
    internal static readonly ImmutableArray<string> Steps =
        [Step.Read, Step.Usable, Step.Named, Step.OfAgents, Step.Endpoints, Step.Calls, Step.OptionsOfProgram, Step.Project, Step.Registration, Step.Problems];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => AgentReader.CanBeAgent(node), AgentReader.Read)
            .SelectMany(static (agent, _) => Known(agent))
            .WithTrackingName(Step.Read);
        var usable = read.SelectMany(static (agent, _) => Known(agent.Agent)).WithTrackingName(Step.Usable);
        var named = read.SelectMany(static (agent, _) => Known(agent.Named)).WithTrackingName(Step.Named);
        var ofAgents = read.SelectMany(static (agent, _) => agent.Problems.Items).WithTrackingName(Step.OfAgents);
        var endpoints = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => AgentEndpoints.CanBeEndpoint(node), static (call, _) => AgentEndpoints.Read(call.Node))
            .SelectMany(static (endpoint, _) => Known(endpoint))
            .WithTrackingName(Step.Endpoints);
        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => RegistrationCall.CanBe(node), RegistrationCall.Read)
            .WithTrackingName(Step.Calls);
        var optionsOfProgram = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => OptionsMention.CanBe(node), static (name, _) => OptionsMention.Read(name.Node))
            .WithTrackingName(Step.OptionsOfProgram);
        var project = context.CompilationProvider.Select(static (compilation, _) => RegistrationProject.Of(compilation)).WithTrackingName(Step.Project);

        var registration = usable.Collect().Combine(endpoints.Collect()).Combine(calls.Collect()).Combine(project)
            .SelectMany(static (all, _) => Registration.Of(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right))
            .WithTrackingName(Step.Registration);
        context.RegisterSourceOutput(registration, static (output, all) => output.AddSource("AgentRegistration.g.cs", RegistrationWriter.Write(all)));

        var problems = ofAgents.Collect().Combine(named.Collect()).Combine(calls.Collect()).Combine(optionsOfProgram.Collect()).Combine(project)
            .SelectMany(static (all, _) => RegistrationProblems.Of(all.Left.Left.Left.Left, all.Left.Left.Left.Right, all.Left.Left.Right, all.Left.Right, all.Right))
            .WithTrackingName(Step.Problems);
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));
    }

    private static ImmutableArray<T> Known<T>(T? value)
        where T : class => value is null ? [] : [value];

    private static class Step
    {
        public const string Read = "ReadAgents";
        public const string Usable = "RegistrableAgents";
        public const string Named = "NamesOfAgents";
        public const string OfAgents = "ProblemsOfAgents";
        public const string Endpoints = "EndpointsOfAgents";
        public const string Calls = "RegistrationCalls";
        public const string OptionsOfProgram = "OptionsBoundByProgram";
        public const string Project = "RegistrationProject";
        public const string Registration = "Registration";
        public const string Problems = "RegistrationProblems";
    }
}
