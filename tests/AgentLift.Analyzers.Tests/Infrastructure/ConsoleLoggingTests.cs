using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Infrastructure;

public class ConsoleLoggingTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ConsoleLogging);

    [Fact]
    public Task Reports_writes_to_the_console() => Rule.VerifyInAgent("""
        public void Start()
        {
            [|Console.Write("starting ")|];
            [|Console.WriteLine("on {0}", Environment.MachineName)|];
            [|Console.WriteLine()|];
        }
        """);

    [Fact]
    public Task Reports_writes_to_its_writers() => Rule.VerifyInAgent("""
        public async Task Fail(Exception error)
        {
            [|Console.Error.WriteLine(error)|];
            await [|Console.Out.WriteLineAsync("failed")|];
        }
        """);

    [Fact]
    public Task Reports_trace_and_debug() => Rule.VerifyInAgent("""
        public void Start()
        {
            [|Trace.WriteLine("start")|];
            [|Trace.TraceError("no hub: {0}", 5)|];
            [|Debug.WriteLine("start")|];
            [|Debug.Print("start")|];
            [|Debug.WriteIf(true, "start")|];
        }
        """);

    [Fact]
    public Task Reports_an_expression_body_a_lambda_and_a_local_function() => Rule.VerifyInAgent("""
        public void Log(string text) => [|Console.WriteLine(text)|];
        readonly Action<string> log = text => [|Console.WriteLine(text)|];
        public void Run()
        {
            Say("hello");
            static void Say(string text) => [|Console.WriteLine(text)|];
        }
        """);

    [Fact]
    public Task Reports_a_static_import() => Rule.VerifyInAgent("""
        public int Count { get { [|WriteLine("counted")|]; return 1; } }
        """, "using static System.Console;");

    [Fact]
    public Task Reports_the_console_as_the_result_of_the_program() => Rule.With("agentlift.console_is_output", "true").VerifyInAgent("""
        public void Print()
        {
            Console.WriteLine("42");
            Console.Error.WriteLine("no more");
            [|Trace.WriteLine("printed")|];
        }
        """);

    [Fact]
    public Task Ignores_reading_and_asserting() => Rule.VerifyInAgent("""
        public void Run()
        {
            Debug.Assert(true, "always");
            Console.ReadLine();
            Console.Clear();
            Console.Title = "agent";
        }
        """);

    [Fact]
    public Task Ignores_a_writer_that_is_not_the_console() => Rule.VerifyInAgent("""
        readonly TextWriter log;
        public SampleAgent(TextWriter log) => this.log = log;
        public void Log(string text) { log.WriteLine(text); using var file = File.CreateText("log.txt"); file.Write(text); }
        """);

    [Fact]
    public Task A_class_that_is_no_agent_may_print() => Rule.Verify(
        Rules.AsAgent(string.Empty),
        "public static class Banner { public static void Print() => Console.WriteLine(1); }");

    [Fact]
    public Task A_program_may_tell_its_user_why_it_exits() => Rule.VerifyInAgent("""
        public static int Main(string[] args)
        {
            foreach (var arg in args)
            {
                if (arg == "--help")
                {
                    Console.WriteLine("--port  the port to listen on");
                    return 0;
                }

                if (arg.Length == 0)
                {
                    Console.Error.WriteLine("an argument is empty");
                    Environment.Exit(2);
                }

                if (arg == "--verbose")
                {
                    [|Console.WriteLine("verbose")|];
                }
            }

            [|Console.WriteLine("started")|];
            return 0;
        }

        private static void PrintUsage() => Console.WriteLine("--port  the port to listen on");

        private void Check(bool broken)
        {
            if (broken)
            {
                [|Console.WriteLine("broken")|];
                return;
            }
        }
        """);
}
