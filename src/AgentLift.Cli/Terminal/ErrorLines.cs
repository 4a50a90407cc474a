using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Terminal;

/// <summary>Errors in the form that editors and build servers link: <c>path(line): error: message; next step</c>.</summary>
internal static class ErrorLines
{
    public static void Write(IEnumerable<AssessmentError> errors, TextWriter output)
    {
        foreach (var error in errors)
            output.WriteLine(TextOf(error));
    }

    public static string TextOf(AssessmentError error)
    {
        var line = error.Line is { } number ? $"({number})" : string.Empty;
        return $"{error.File ?? "agentlift"}{line}: error: {error.Message.TrimEnd('.', ' ')}; {error.NextStep}";
    }
}
