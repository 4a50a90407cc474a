using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL1003 to AGL1005: own configuration, console as log, own shutdown.</summary>
internal static class InfrastructurePieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("environment", Pattern, EnvironmentValue),
        new Piece("settings file", Pattern, SettingsFile),
        new Piece("settings lines", Pattern, SettingsLines),
        new Piece("configuration classes", Pattern, ConfigurationClasses),
        new Piece("console lines", Pattern, ConsoleLines),
        new Piece("console errors", Pattern, ConsoleErrors),
        new Piece("trace and debug", Pattern, TraceAndDebug),
        new Piece("ctrl-c", Pattern, CtrlC),
        new Piece("process exit", Pattern, ProcessExit),
        new Piece("signals", Pattern, Signals),
        new Piece("environment exit", Pattern, ExitProcess),
        new Piece("state file", Decoy, StateFile),
        new Piece("data file", Decoy, DataFile),
        new Piece("no console log", Decoy, NoConsole),
        new Piece("no shutdown", Decoy, NoShutdown),
    ];

    private static void EnvironmentValue(AgentDraft agent)
    {
        var key = agent.Noun.ToUpperInvariant() + agent.Pick("_BATCH", "_SIZE", "_MODE");
        switch (agent.Number(0, 5))
        {
            case 0:
                agent.Field($"private readonly string {agent.FieldName("mode", "setting")} = {agent.Pick("Environment", "System.Environment")}.GetEnvironmentVariable(\"{key}\") ?? \"plain\"; §{HandRolledConfiguration}");
                break;
            case 1:
                var field = agent.FieldName("batch", "size");
                agent.Field($"private readonly int {field};");
                agent.Construct($"{field} = int.TryParse(Environment.GetEnvironmentVariable(\"{key}\"), out var {field}Value) ? {field}Value : {agent.Number(2, 90)}; §{HandRolledConfiguration}");
                break;
            case 2:
                agent.Method(Code.Block($"private static int {agent.Name("Settings", "Switches")}()", $"var all = Environment.GetEnvironmentVariables(); §{HandRolledConfiguration}", "return all.Count;"));
                break;
            case 3:
                agent.Method(Code.Block($"private static bool {agent.Name("Verbose", "IsDry")}()", Code.Block($"foreach (var argument in Environment.GetCommandLineArgs()) §{HandRolledConfiguration}", "if (argument == \"--dry\")", "    return true;"), "return false;"));
                break;
            default:
                agent.Method($"private static string {agent.Name("Mode", "Variant")}() => Environment.GetEnvironmentVariable(\"{key}\"); §{HandRolledConfiguration}");
                break;
        }
    }

    private static string File(AgentDraft agent, params ReadOnlySpan<string> extensions)
    {
        var file = $"\"{agent.Pick("", "config/", "/etc/fleet/")}{agent.TypeName.ToLowerInvariant()}-{agent.Local("settings", "setup")}.{agent.Pick(extensions)}\"";
        if (!agent.Chance(3))
            return file;
        var constant = agent.Name("SettingsFile", "SetupFile");
        agent.Field($"private const string {constant} = {file};");
        return constant;
    }

    private static void SettingsFile(AgentDraft agent)
    {
        agent.Use("System.IO", "System.Text.Json");
        var size = agent.FieldName("pageSize", "width");
        agent.Field($"private int {size};");
        var text = agent.Local("settings", "document");
        switch (agent.Number(0, 4))
        {
            case 0:
                agent.Construct($"var {text} = JsonDocument.Parse(File.ReadAllText({File(agent, "json")})).RootElement; §{HandRolledConfiguration}");
                agent.Construct($"{size} = {text}.GetProperty(\"{agent.Noun}\").GetInt32();");
                break;
            case 1:
                agent.Method(Code.Block($"private void {agent.Name("ReadSettings", "Configure")}()", $"using var file = File.OpenRead({File(agent, "json")}); §{HandRolledConfiguration}", "using var document = JsonDocument.Parse(file);", $"{size} = document.RootElement.GetArrayLength();"));
                break;
            case 2:
                agent.Method(Code.Block($"private void {agent.Name("ReadSettings", "Configure")}()", $"using var reader = new StreamReader({File(agent, "xml", "yaml", "yml", "toml")}); §{HandRolledConfiguration}", $"{size} = reader.ReadToEnd().Length;"));
                break;
            default:
                agent.Method(Code.Block($"public void {agent.Name("ReloadSettings", "ApplySettings")}()", $"var text = System.IO.File.ReadAllText(path: {File(agent, "config", "conf", "env", "properties")}); §{HandRolledConfiguration}", $"{size} = text.IndexOf('=');"));
                break;
        }
    }

    private static void SettingsLines(AgentDraft agent)
    {
        agent.Use("System.IO");
        var depth = agent.FieldName("depth", "retries");
        agent.Field($"private int {depth} = 3;");
        var read = agent.Pick("File.ReadAllLines", "File.ReadLines");
        agent.Method(Code.Block(
            $"private void {agent.Name("ReadIni", "LoadSettings")}()",
            Code.Block($"foreach (var line in {read}({File(agent, "ini", "cfg", "conf")})) §{HandRolledConfiguration}", "var parts = line.Split('=');", "if (parts.Length == 2 && parts[0] == \"depth\")", $"    {depth} = int.Parse(parts[1]);")));
    }

    private static void ConfigurationClasses(AgentDraft agent)
    {
        var name = agent.Name("Setting", "Option");
        switch (agent.Number(0, 3))
        {
            case 0:
                agent.Use("System.Configuration");
                agent.Method($"private static string {name}(string key) => ConfigurationManager.AppSettings[key] ?? \"\"; §{HandRolledConfiguration}");
                break;
            case 1:
                agent.Method(Code.Block($"private static string {name}()", $"var text = System.Configuration.ConfigurationManager.ConnectionStrings[\"{agent.Noun}\"]; §{HandRolledConfiguration}", "return text.ConnectionString;"));
                break;
            default:
                agent.Use("Microsoft.Extensions.Configuration");
                agent.Method(Code.Block($"private static string {name}(string key)", $"var configuration = new ConfigurationBuilder().AddJsonFile(\"{agent.Noun}.json\").Build(); §{HandRolledConfiguration}", "return configuration[key];"));
                break;
        }
    }

    private static void ConsoleLines(AgentDraft agent)
    {
        var line = agent.Number(0, 5) switch
        {
            0 => $"Console.WriteLine($\"{agent.Noun}: {{{agent.Work()}(3)}}\");",
            1 => $"Console.Write('.');",
            2 => $"System.Console.WriteLine(\"{agent.Noun} {{0}}\", {agent.Number(1, 99)});",
            3 => $"Console.Out.WriteLine(\"{agent.Noun} done\");",
            _ => $"Console.WriteLine(\"{agent.Noun} ready\");",
        } + $" §{ConsoleLogging}";
        switch (agent.Number(0, 3))
        {
            case 0:
                agent.Start(line);
                break;
            case 1:
                agent.Stop(line);
                break;
            default:
                agent.Method(agent.Pick(
                    $"private void {agent.Name("Log", "Say", "Print")}() => {line}",
                    Code.Block($"public void {agent.Name("Log", "Say", "Show")}(int value)", "if (value > 0)", "    " + line, agent.Step(), $"Console.WriteLine(value); §{ConsoleLogging}")));
                break;
        }
    }

    private static void ConsoleErrors(AgentDraft agent) => agent.Method(Code.Block(
        $"public int {agent.Name("Safely", "Guarded", "Attempt")}(string text)", "try", "{", "    return int.Parse(text);", "}", "catch (FormatException error)", "{",
        "    " + agent.Pick($"Console.Error.WriteLine(error.Message); §{ConsoleLogging}", $"Console.Error.Write(error); §{ConsoleLogging}", $"Console.WriteLine(error); §{ConsoleLogging}"), "    return -1;", "}"));

    private static void TraceAndDebug(AgentDraft agent)
    {
        agent.Use("System.Diagnostics");
        var call = agent.Pick("Trace.WriteLine(value)", "Trace.TraceInformation(\"value\")", "Trace.TraceError($\"bad {value}\")", "Debug.WriteLine(value)", "Debug.Print(\"value\")", "Trace.TraceWarning(\"odd\")", "Debug.Write(value)");
        agent.Method(Code.Block($"private void {agent.Name("Note", "Record", "Mark")}(int value)", $"{call}; §{ConsoleLogging}", "Debug.Assert(value < int.MaxValue);"));
    }

    private static void CtrlC(AgentDraft agent)
    {
        var cancel = agent.FieldName("cancelled", "interrupts");
        agent.Field($"private int {cancel};");
        if (agent.Chance(2))
        {
            var handler = agent.Name("OnCancel", "OnInterrupt");
            agent.Method(Code.Block($"private void {handler}(object sender, ConsoleCancelEventArgs e)", "e.Cancel = true;", $"{cancel}++;"));
            agent.Start($"Console.CancelKeyPress += {handler}; §{HandRolledShutdown}");
        }
        else
        {
            agent.SetUp(Code.Lines($"Console.CancelKeyPress += (sender, e) => §{HandRolledShutdown}", "{", "    e.Cancel = true;", $"    {cancel}++;", "};"));
        }
    }

    private static void ProcessExit(AgentDraft agent)
    {
        var ended = agent.Name("OnExit", "OnUnload");
        agent.Method(Code.Block($"private void {ended}(object sender, EventArgs e)", agent.Step()));
        agent.SetUp($"AppDomain.CurrentDomain.{agent.Pick("ProcessExit", "DomainUnload")} += {agent.Pick(ended, $"(sender, e) => {ended}(sender, e)")}; §{HandRolledShutdown}");
    }

    private static void Signals(AgentDraft agent)
    {
        if (agent.Chance(2))
        {
            agent.Use("System.Runtime.Loader");
            agent.SetUp($"AssemblyLoadContext.Default.Unloading += context => {agent.Work()}(1); §{HandRolledShutdown}");
            return;
        }

        agent.Use("System.Runtime.InteropServices");
        var field = agent.FieldName("signal", "term");
        agent.Field($"private PosixSignalRegistration {field};");
        agent.SetUp($"{field} = PosixSignalRegistration.Create(PosixSignal.{agent.Pick("SIGTERM", "SIGINT", "SIGHUP")}, context => context.Cancel = true); §{HandRolledShutdown}");
    }

    private static void ExitProcess(AgentDraft agent) => agent.Method(agent.Pick(
        Code.Block($"private void {agent.Name("Fail", "GiveUp", "Bail")}(int code)", "if (code != 0)", $"    Environment.Exit(code); §{HandRolledShutdown}"),
        $"private static void {agent.Name("Fail", "GiveUp")}() => System.Environment.Exit({agent.Number(1, 9)}); §{HandRolledShutdown}"));

    /// <summary>Read and written under one constant path: state, not settings.</summary>
    private static void StateFile(AgentDraft agent)
    {
        agent.Use("System.IO");
        var file = agent.Name("StateFile", "ProgressFile");
        agent.Field($"private const string {file} = \"state/{agent.TypeName.ToLowerInvariant()}.{agent.Pick("json", "xml", "yaml")}\";");
        agent.Method($"private static string {agent.Name("ReadState", "Progress")}() => File.ReadAllText({file});");
        agent.Method($"private static void {agent.Name("WriteState", "Keep")}(string text) => File.WriteAllText({file}, text);");
    }

    private static void DataFile(AgentDraft agent)
    {
        agent.Use("System.IO");
        agent.Method(agent.Pick(
            $"private static string[] {agent.Name("Words", "Rows")}() => File.ReadAllLines(\"data/{agent.Noun}.txt\");",
            $"public static string {agent.Name("TextOf", "Contents")}(string path) => File.ReadAllText(path);",
            $"private static int {agent.Name("Amount", "Entries")}() => System.Text.Json.JsonSerializer.Deserialize<List<int>>(File.ReadAllText(\"data/{agent.Noun}.json\")).Count;"));
    }

    private static void NoConsole(AgentDraft agent)
    {
        agent.Use("System.IO", "System.Diagnostics");
        var log = agent.Parameter("TextWriter", "log", "journal");
        agent.Method(Code.Block($"private void {agent.Name("Journal", "Enter")}(string text)", $"{log}.WriteLine(text);", "Debug.Assert(text != null);", "var answer = Console.IsInputRedirected ? Console.ReadLine() : text;", $"{log}.Write(answer);"));
    }

    private static void NoShutdown(AgentDraft agent) => agent.Method(Code.Block(
        $"private static int {agent.Name("Cores", "Machine")}()", "Environment.ExitCode = 0;", "return Environment.ProcessorCount + Environment.NewLine.Length;"));
}
