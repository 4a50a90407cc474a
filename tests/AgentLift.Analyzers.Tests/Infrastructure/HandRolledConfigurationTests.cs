using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Infrastructure;

public class HandRolledConfigurationTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.HandRolledConfiguration);

    [Fact]
    public Task Reports_environment_variables() => Rule.VerifyInAgent("""
        readonly string home = [|Environment.GetEnvironmentVariable("AGENT_HOME")|] ?? "/var/agent";
        public int Port => int.TryParse([|Environment.GetEnvironmentVariable("PORT")|], out var port) ? port : 80;
        public int Count() => [|Environment.GetEnvironmentVariables()|].Count;
        """);

    [Fact]
    public Task Reports_the_command_line() => Rule.VerifyInAgent("""
        public string[] Arguments() => [|Environment.GetCommandLineArgs()|][1..];
        """);

    [Fact]
    public Task Reports_a_settings_file_read_whole() => Rule.VerifyInAgent("""
        public Settings Load() => JsonSerializer.Deserialize<Settings>([|File.ReadAllText("agent.json")|])!;
        public async Task<string> LoadAsync() => await [|File.ReadAllTextAsync("agent.yaml")|];
        public class Settings { public int Port { get; set; } }
        """);

    [Fact]
    public Task Reports_a_settings_file_read_by_line() => Rule.VerifyInAgent("""
        public void Load()
        {
            foreach (var line in [|File.ReadAllLines("agent.ini")|]) { var pair = line.Split('='); }
            foreach (var line in [|File.ReadLines("/etc/agent.conf")|]) { var pair = line.Split('='); }
        }
        """);

    [Fact]
    public Task Reports_a_settings_file_opened_as_a_stream() => Rule.VerifyInAgent("""
        public string? Load()
        {
            using var reader = [|new StreamReader("agent.cfg")|];
            using var other = [|File.OpenText("agent.env")|];
            using var raw = [|File.OpenRead("agent.toml")|];
            return reader.ReadLine();
        }
        """);

    [Fact]
    public Task Reports_a_path_put_together() => Rule.VerifyInAgent("""
        private const string FileName = "agent.json";
        public string A(string folder) => [|File.ReadAllText(Path.Combine(folder, "conf", "agent.xml"))|];
        public string B(string folder) => [|File.ReadAllText(folder + "/agent.yml")|];
        public string C() => [|File.ReadAllText(FileName)|];
        """);

    [Fact]
    public Task Reports_application_settings_and_an_own_builder() => Rule.VerifyInAgent("""
        readonly string? hub = [|ConfigurationManager.AppSettings|]["hub"];
        readonly string database = [|ConfigurationManager.ConnectionStrings|]["fleet"];
        public object Read() => [|new ConfigurationBuilder()|].AddJsonFile("agent.json").Build();
        """, "using System.Configuration; using Microsoft.Extensions.Configuration;");

    [Fact]
    public Task Ignores_other_facts_of_the_environment() => Rule.VerifyInAgent("""
        public string Name => Environment.MachineName + Environment.ProcessId;
        public void Say() => Console.Write(Environment.NewLine);
        """);

    [Fact]
    public Task Ignores_a_file_that_holds_data() => Rule.VerifyInAgent("""
        public string[] Lines() => File.ReadAllLines("words.txt");
        public string Page(string path) => File.ReadAllText(path);
        public List<string> Names() => JsonSerializer.Deserialize<List<string>>(File.ReadAllText("names.json"))!;
        public Dictionary<string, int> Counts()
        {
            var text = File.ReadAllText("counts.json");
            return JsonSerializer.Deserialize<Dictionary<string, int>>(text)!;
        }
        """);

    [Fact]
    public Task Ignores_a_file_that_the_agent_writes_itself() => Rule.VerifyInAgent("""
        public string Load() => File.ReadAllText("state.json");
        public void Save(string state) => File.WriteAllText("state.json", state);
        """);

    [Fact]
    public Task Reports_a_path_of_many_parts() => Rule.VerifyInAgent("""
        public string A() => [|File.ReadAllText(Path.Combine("etc", "fleet", "agents", "tutor", "agent.json"))|];
        public string B() => [|File.ReadAllText(Path.Join(AppContext.BaseDirectory, "agent.ini"))|];
        """);
}
