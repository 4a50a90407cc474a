namespace AgentLift.Generators;

/// <summary>Types and members of the runtime and the platform that the generators look for.</summary>
internal static class KnownNames
{
    public const string LazyDependencyAttribute = "AgentLift.Runtime.LazyDependencyAttribute";
    public const string BaseAgent = "AgentLift.Runtime.BaseAgent";
    public const string AgentContext = "AgentLift.Runtime.AgentContext";
    public const string AgentAttribute = "AgentLift.Runtime.AgentAttribute";
    public const string RunByAttribute = "AgentLift.Runtime.RunByAttribute";
    public const string CompatibilityConstructorAttribute = "AgentLift.Runtime.CompatibilityConstructorAttribute";
    public const string ExperimentalAttribute = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
    public const string AgentHostingExtensions = "AgentLift.Runtime.AgentHostingExtensions";
    public const string HostApplicationBuilder = "Microsoft.Extensions.Hosting.IHostApplicationBuilder";
    public const string DeclareDependencies = "DeclareDependencies";
    public const string ModelManagerAttribute = "AgentLift.Runtime.ModelManagerAttribute";
    public const string ModelAttribute = "AgentLift.Runtime.ModelAttribute";
    public const string ModelManager = "AgentLift.Runtime.ModelManager";
    public const string ModelHandle = "AgentLift.Runtime.ModelHandle`1";
    public const string ModelLoader = "AgentLift.Runtime.IModelLoader`1";
    public const string ModelLoadRequest = "AgentLift.Runtime.ModelLoadRequest";
    public const string DeclareModels = "DeclareModels";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Task = "System.Threading.Tasks.Task`1";
    public const string ValueTask = "System.Threading.Tasks.ValueTask`1";
}
