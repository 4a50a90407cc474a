using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Infrastructure;

public class HandRolledHealthCheckTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.HandRolledHealthCheck);

    [Fact]
    public Task Reports_a_method_about_health() => Rule.VerifyInAgent("""
        public bool [|IsHealthy|]() => true;
        public string [|GetHealth|]() { return "ok"; }
        """);

    [Fact]
    public Task Reports_a_heartbeat_loop_with_a_token() => Rule.VerifyInAgent("""
        async Task [|SendHeartbeatsAsync|](CancellationToken token)
        {
            while (!token.IsCancellationRequested)
                await Task.Delay(1000, token);
        }
        """);

    [Fact]
    public Task Reports_a_timer_callback() => Rule.VerifyInAgent("""
        readonly Timer timer;
        public SampleAgent() => timer = new Timer(HealthTick, null, 0, 1000);
        void [|HealthTick|](object? state) { }
        """);

    [Fact]
    public Task Reports_an_endpoint_that_answers_a_request_or_a_connection() => Rule.VerifyInAgent("""
        void [|AnswerHealth|](HttpListenerContext context) => context.Response.Close();
        void [|WriteLiveness|](Stream stream) => stream.WriteByte(1);
        void [|ServeReadiness|](TcpClient client) { client.Close(); }
        """);

    [Fact]
    public Task Reports_other_names_of_it() => Rule.VerifyInAgent("""
        public bool [|IsAlive|]() => true;
        static void [|RunSelfCheck|]() { }
        """);

    [Fact]
    public Task Reports_a_request_text_where_no_method_bears_the_name() => Rule.VerifyInAgent("""
        public string Answer(string path, string command)
        {
            if (path == [|"/health"|])
                return "ok";
            return command switch { [|"healthz"|] => "ok", _ => "?" };
        }
        public bool Is(string path) => path.StartsWith([|"/healthz"|]) || path.Equals([|"healthcheck"|], StringComparison.Ordinal);
        """);

    [Fact]
    public Task A_request_text_where_a_method_bears_the_name_is_the_same_check() => Rule.VerifyInAgent("""
        public string Answer(string path) => path == "/health" ? Health() : "?";
        string [|Health|]() => "ok";
        """);

    [Fact]
    public Task Ignores_the_health_of_somebody_else() => Rule.VerifyInAgent("""
        public bool IsHealthy(string agent) => agent.Length > 0;
        public Task CheckHealthAsync(Uri agent, CancellationToken token) => Task.CompletedTask;
        """);

    [Fact]
    public Task Ignores_words_that_only_resemble_it() => Rule.VerifyInAgent("""
        public void AddHealthcareRecord() { }
        public int Already() => 1;
        public bool Healthy { get; set; }
        """);

    [Fact]
    public Task Ignores_a_text_that_is_only_sent_or_logged() => Rule.VerifyInAgent("""
        readonly HttpClient http = new();
        public Task<string> Ask() => http.GetStringAsync("/health");
        public void Log() => Console.WriteLine("health");
        """);

    [Fact]
    public Task Ignores_the_request_that_a_lifted_agent_answers_as_it_always_did() => Rule.Verify("""
        public class Tutor : AgentLift.BaseAgent
        {
            Timer? timer;
            public void Begin() => timer = new Timer(_ => { }, null, 0, 1000);
            string Answer(string command) => command switch { "health" => "ok", _ => "unknown" };
        }
        """);
}
