using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>What a registration needs to know of its project.</summary>
/// <param name="Assembly">The name of the assembly.</param>
/// <param name="IsProgram">Whether it is one that runs, and not one that others refer to.</param>
/// <param name="CanRegister">Whether it refers to what registers agents.</param>
internal sealed record RegistrationProject(string Assembly, bool IsProgram, bool CanRegister)
{
    public static RegistrationProject Of(Compilation compilation) => new(
        compilation.AssemblyName ?? string.Empty,
        compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication,
        compilation.GetTypeByMetadataName(KnownNames.AgentHostingExtensions) is not null && compilation.GetTypeByMetadataName(KnownNames.HostApplicationBuilder) is not null);
}
