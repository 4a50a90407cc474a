namespace AgentLift.Runtime.Tests;

/// <summary>A fact that runs a program. Without the program it is skipped, and says which package has it; in continuous integration it never is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramFactAttribute : FactAttribute
{
    public RequiresProgramFactAttribute(string program, string package)
    {
        Program = program;
        Package = package;
        if (!IsContinuousIntegration && !IsOnPath(program))
            Skip = $"needs `{program}` (Debian package {package}) on the PATH";
    }

    public string Program { get; }

    public string Package { get; }

    // There a missing program must fail the test: a skip would go unnoticed.
    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
