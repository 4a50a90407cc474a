using System.CommandLine;
using AgentLift.Cli.Terminal;
using AgentLift.Core.Settings;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Commands;

/// <summary>The options that every command takes which assesses something.</summary>
internal sealed class SharedOptions
{
    private readonly Option<string> matrix = new("--matrix")
    {
        Description = "The risk matrix: weighted, points, or a JSON file of your own. Default: what the projects say, else weighted.",
        HelpName = "weighted|points|FILE",
    };

    private readonly Option<string> manifest = new("--manifest")
    {
        Description = "A fleet manifest (agents.json or agents.yaml): names, groups, machines, criticality and dependencies of agents.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> include = new("--include")
    {
        Description = "Only agents in files that match this glob, relative to the target's folder, such as 'src/**/*.cs'. May be repeated.",
        HelpName = "GLOB",
    };

    private readonly Option<string[]> exclude = new("--exclude")
    {
        Description = "No agents in files that match this glob, such as '**/Generated/**'. May be repeated; wins over --include.",
        HelpName = "GLOB",
    };

    private readonly Option<bool> noRestore = new("--no-restore")
    {
        Description = "Do not restore packages first.",
    };

    private readonly Option<Verbosity> verbosity = new("--verbosity", "-v")
    {
        Description = "How much to say on standard error: quiet, minimal, normal or detailed.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => Terminal.Verbosity.Normal,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(matrix);
        command.Options.Add(manifest);
        command.Options.Add(include);
        command.Options.Add(exclude);
        command.Options.Add(noRestore);
        command.Options.Add(verbosity);
    }

    public Verbosity Verbosity(ParseResult result) => result.GetValue(verbosity);

    /// <summary>Reads the values, and the files that they name.</summary>
    /// <exception cref="UnusableInputException">A file is missing or unreadable.</exception>
    public AssessmentOptions Read(ParseResult result)
    {
        var matrixGiven = result.GetValue(matrix);
        var named = matrixGiven is "weighted" or "points";
        return new AssessmentOptions
        {
            Tool = ToolName.NameAndVersion,
            Restore = !result.GetValue(noRestore),
            Files = FileFilter.Of(result.GetValue(include) ?? [], result.GetValue(exclude) ?? []),
            Overrides = new SettingsOverrides
            {
                MatrixName = named ? matrixGiven : null,
                MatrixFile = named || matrixGiven is null ? null : FileOf(matrixGiven, "matrix", "name weighted, points or an existing file"),
                Manifest = result.GetValue(manifest) is { } file ? FileOf(file, "manifest", "name an existing agents.json or agents.yaml") : null,
            },
        };
    }

    private static DataFile FileOf(string path, string what, string nextStep)
    {
        try
        {
            return new DataFile(path, File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableInputException(new AssessmentError(path, null, $"the {what} does not exist", nextStep));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(new AssessmentError(path, null, $"the {what} cannot be read: {failure.Message}", nextStep));
        }
    }
}
