namespace AgentLift.Cli.Tests;

/// <summary>Permissions do not bind root, so that the tool runs as another user where the tests run as root.</summary>
public sealed class UnreadableFolderTests : IDisposable
{
    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        if (Directory.Exists(folder.At("closed")))
            SetMode(folder.At("closed"), 0b111_000_000);
        folder.Dispose();
    }

    [UnixFact]
    public async Task It_is_reported_and_the_rest_is_assessed()
    {
        folder.WithAgent("open/PollAgent.cs").WithAgent("closed/PollAgent.cs");
        SetMode(folder.Path, 0b111_101_101);
        SetMode(folder.At("open"), 0b111_101_101);
        SetMode(folder.At("closed"), 0);

        var result = await Tool.RunAsync(
            folder.Path,
            Environment.IsPrivilegedProcess ? AsNobody : [],
            new Dictionary<string, string> { ["HOME"] = folder.Path, ["DOTNET_CLI_HOME"] = folder.Path },
            "assess", ".", "--no-restore");

        result.ExitCode.ShouldBe(2, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("closed: error: the folder cannot be read; give yourself read permission");
        result.Errors.ShouldContain("Assessing ");
    }

    private static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)mode);
    }
}

/// <summary>A test that needs Unix permissions, and as root the means to give them up.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "needs Unix permissions";
        else if (Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"))
            Skip = "runs as root, whom permissions do not bind, and setpriv is missing";
        else if (Environment.IsPrivilegedProcess && !OthersCanReach(AppContext.BaseDirectory))
            Skip = "runs as root, and the tool lies where no other user can read it";
    }

    private static bool OthersCanReach(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (!OperatingSystem.IsWindows() && (current.UnixFileMode & UnixFileMode.OtherExecute) == 0)
                return false;
        }

        return true;
    }
}
