using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Logging;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class ConsoleLoggingRewriterTests
{
    private static readonly IRewriter[] Rewriters = [new BaseAgentRewriter(), new ConsoleLoggingRewriter()];

    [Theory]
    [InlineData("Console.WriteLine(\"up\");", "LogUp();", "Information, \"up\"", "")]
    [InlineData("Console.WriteLine($\"listening on {_port}\");", "LogListeningOn(_port);", "Information, \"listening on {Port}\"", "int port")]
    [InlineData("Console.WriteLine(\"[poll] up on \" + _port + \", \" + _names.Count + \" names\");", "LogPollUpOnNames(_port, _names.Count);", "Information, \"[poll] up on {Port}, {NamesCount} names\"", "int port, int namesCount")]
    [InlineData("Console.WriteLine(\"{0} of {1:0.0} {{x}}\", _port, 1.5);", "LogOfX(_port, 1.5);", "Information, \"{Port} of {Value:0.0} {{x}}\"", "int port, double value")]
    [InlineData("Console.WriteLine($\"{_port,5}|{DateTime.Now:HH:mm}\");", "LogPort(_port, DateTime.Now);", "Information, \"{Port,5}|{Now:HH:mm}\"", "int port, DateTime now")]
    [InlineData("Console.WriteLine(\"first \" + System.Text.Json.JsonDocument.Parse(\"1\").RootElement.GetInt32());", "LogFirst(System.Text.Json.JsonDocument.Parse(\"1\").RootElement.GetInt32());", "Information, \"first {Value}\"", "int value")]
    [InlineData("Console.Error.WriteLine(\"cannot go on\");", "LogCannotGoOn();", "Error, \"cannot go on\"", "")]
    [InlineData("Console.WriteLine(_port);", "LogPort(_port);", "Information, \"{Port}\"", "int port")]
    [InlineData("System.Diagnostics.Debug.WriteLine(\"tick\");", "LogTick();", "Debug, \"tick\"", "")]
    [InlineData("Console.WriteLine(\"WARNING: low\");", "LogWARNINGLow();", "Warning, \"WARNING: low\"", "")]
    [InlineData("Console.WriteLine(\"a\" + (1 + 2) + _port + 'c');", "LogAC(1 + 2, _port);", "Information, \"a{Value}{Port}c\"", "int value, int port")]
    [InlineData("Console.WriteLine(@\"path \"\"quoted\"\"\");", "LogPathQuoted();", "Information, \"path \\\"quoted\\\"\"", "")]
    public async Task A_line_becomes_a_log_method(string statement, string call, string attribute, string parameters)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Rewriters, Agent(statement));

        texts[0].ShouldContain("    " + call + "\n");
        texts[0].ShouldContain($"[LoggerMessage(LogLevel.{attribute})]\n    private partial void {call[..call.IndexOf('(', StringComparison.Ordinal)]}({parameters});\n");
        agents.Single().Obstacles.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backslash_is_logged_without_the_platforms_generator_which_does_not_escape_it()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("Console.WriteLine($\"C:\\\\data has {_port}\");"));

        texts[0].ShouldContain("Logger.LogInformation(\"C:\\\\data has {Port}\", _port);");
    }

    [Theory]
    [InlineData("Console.WriteLine(\"failed: \" + e.Message);", "LogFailed(e, e.Message);", "Error, \"failed: {Message}\"", "Exception exception, string message")]
    [InlineData("Console.WriteLine(e);", "LogSayFailed(e);", "Error, \"Say failed\"", "Exception exception")]
    [InlineData("Console.WriteLine(\"failed: \" + e.ToString());", "LogFailed(e);", "Error, \"failed\"", "Exception exception")]
    [InlineData("Console.WriteLine(e.StackTrace);", "LogStackTrace(e.StackTrace);", "Error, \"{StackTrace}\"", "string stackTrace")]
    [InlineData("System.Diagnostics.Debug.WriteLine(\"failed: \" + e);", "LogFailed(e);", "Debug, \"failed\"", "Exception exception")]
    [InlineData("Console.WriteLine(\"failed: \" + e);", "LogFailed(e);", "Error, \"failed\"", "Exception exception")]
    public async Task An_exception_is_passed_as_one(string statement, string call, string attribute, string parameters)
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent($"try {{ _port++; }} catch (Exception e) {{ {statement} }}"));

        texts[0].ShouldContain(call);
        texts[0].ShouldContain($"[LoggerMessage(LogLevel.{attribute})]");
        texts[0].ShouldContain($"({parameters});");
    }

    [Fact]
    public async Task Names_that_the_file_has_from_elsewhere_keep_their_meaning()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            """
            using System;
            using Elsewhere;

            namespace Fleet
            {
                public class BeatAgent {
                    public void Start() {
                        new Thread(Loop).Start();
                        Console.WriteLine($"beat {LogLevel.Quiet}");
                    }

                    private void Loop() {
                        while (true)
                            Thread.Sleep(1000);
                    }
                }
            }

            namespace Elsewhere
            {
                public enum LogLevel { Quiet }
            }
            """);

        texts[0].ShouldContain("\nusing LogLevel = Elsewhere.LogLevel;\n");
        texts[0].ShouldContain("[LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, \"beat {Quiet}\")]\n        private partial void LogBeat(LogLevel quiet);");
        texts[0].ShouldContain("public BeatAgent(AgentContext context)\n            : base(context) {\n        }\n", customMessage: "braces open where the others do");
    }

    [Theory]
    [InlineData("Console.Write(\"part\");", "it writes a part of a line: write the whole line at once first")]
    [InlineData("Console.WriteLine();", "what it writes is not put together from text and values in one place")]
    [InlineData("Action say = static () => Console.WriteLine(\"x\"); say();", "the function is static, and the agent's logger is not: give it the agent or the logger first")]
    public async Task What_is_no_whole_line_of_the_agents_own_stays(string statement, string reason)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Rewriters, Agent(statement));

        texts[0].ShouldContain(statement);
        agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe([reason]);
    }

    [Fact]
    public async Task Lines_that_say_the_same_share_a_method_and_comments_stay()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent(
            """
            Console.WriteLine("round " + _port); // first
                    Console.WriteLine($"round {_port}");
            """));

        texts[0].ShouldContain("LogRound(_port); // first\n        LogRound(_port);");
        texts[0].Split("LoggerMessage(").Length.ShouldBe(2);
    }

    private static string Agent(string statement) => $$"""
        public class PollAgent
        {
            private readonly List<string> _names = new List<string>();
            private Thread _thread;
            private volatile bool _running;
            private int _port;

            public void Start()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(1000);
            }

            private void Say()
            {
                {{statement}}
            }
        }
        """;
}
