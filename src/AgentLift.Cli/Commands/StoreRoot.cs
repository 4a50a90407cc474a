using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Commands;

/// <summary>Finds the store of what a path means: beside it or in a folder above.</summary>
internal static class StoreRoot
{
    private const string Store = ".agentlift";

    /// <summary>Full path of the folder that holds the store.</summary>
    /// <exception cref="UnusableInputException">There is none: nothing was migrated there.</exception>
    public static string Of(string path)
    {
        for (var folder = new DirectoryInfo(File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, Store)))
                return folder.FullName;
        }

        throw new UnusableInputException(new AssessmentError(path, null, "nothing was migrated here", "name the solution or folder that was migrated"));
    }
}
