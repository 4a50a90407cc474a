using AgentLift.CodeFixes.CoreLogic.Supervision;
using AgentLift.CodeFixes.CoreLogic.Timers;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>Loops of the runtime begin when it starts the agent and end when it stops it: callers that do both past it must not find their agent idle.</summary>
public class PastRuntimeTests
{
    private static readonly IRewriter[] Rewriters = [new SupervisionRewriter(), new TimerRewriter()];

    [Fact]
    public Task A_start_of_another_name_that_callers_call_keeps_its_threads() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("Launch", "Halt", "_thread = new Thread(Loop);\n        _thread.Start();", string.Empty, "var feeder = new FeederAgent();\n        feeder.Launch();\n        feeder.Halt();"),
        "callers that make the agent by hand call Launch, past the runtime that would begin its loops: let them call Start of the runtime, or let the host make it");

    [Fact]
    public Task A_start_that_callers_reach_by_an_interface_keeps_its_threads() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("Start", "Halt", "_thread = new Thread(Loop);\n        _thread.Start();", ", IWorker", "IWorker feeder = new FeederAgent();\n        feeder.Start();"),
        "callers that make the agent by hand call Start, past the runtime that would begin its loops: let them call Start of the runtime, or let the host make it");

    [Fact]
    public Task A_start_of_another_name_that_callers_call_keeps_its_timers() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("Launch", "Halt", "_timer = new Timer(_ => Rounds++, null, 1000, 1000);", string.Empty, "var feeder = new FeederAgent();\n        feeder.Launch();"),
        "callers that make the agent by hand call Launch, past the runtime that would begin its loops: let them call Start of the runtime, or let the host make it");

    [Fact]
    public Task A_blocking_start_that_callers_call_keeps_the_tasks_that_it_starts() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("Run", "Halt", "Task.Run(() => Loop());", string.Empty, "var feeder = new FeederAgent();\n        feeder.Run();").Replace("        Run();\n", "        RunOnThread(\"run\", _ => Run(), RestartPolicy.Never);\n", StringComparison.Ordinal),
        "callers that make the agent by hand call Run, past the runtime that would begin its loops: let them call Start of the runtime, or let the host make it");

    [Fact]
    public Task A_dispose_that_waits_for_its_thread_goes_on_waiting() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("Start2", "Dispose", "_thread = new Thread(Loop);\n        _thread.Start();", ", IDisposable", "using var feeder = new FeederAgent();\n        ((BaseAgent)feeder).Start();"),
        "callers that make the agent by hand end it by Dispose, past the runtime, and it waits there for what it ends: let them call Stop of the runtime, or let the host make FeederAgent");

    [Fact]
    public async Task Callers_that_come_through_the_runtime_are_no_obstacle()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("Launch", "Halt", "_thread = new Thread(Loop);\n        _thread.Start();", string.Empty, "var feeder = new FeederAgent();\n        feeder.Start();\n        feeder.Stop();"));

        texts[0].ShouldContain("RunOnThread(");
        texts[0].ShouldNotContain("new Thread(");
    }

    private static string Agent(string start, string end, string begin, string contracts, string calls) => $$"""
        using AgentLift.Runtime;

        namespace Fleet;

        public interface IWorker
        {
            void Start();
        }

        public class FeederAgent : BaseAgent{{contracts}}
        {
            private Thread _thread;
            private Timer _timer;
            private volatile bool _running;

            public int Rounds;

            public FeederAgent(AgentContext context)
                : base(context)
            {
            }

            [CompatibilityConstructor]
            public FeederAgent()
                : this(AgentContext.Standalone("FeederAgent"))
            {
            }

            public void {{start}}()
            {
                _running = true;
                {{begin}}
            }

            private void Loop()
            {
                while (_running)
                    Rounds++;
            }

            public void {{end}}()
            {
                _running = false;
                if (_thread != null)
                    _thread.Join();
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{start}}();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                {{end}}();
                return ValueTask.CompletedTask;
            }
        }

        public class Caller
        {
            public void Call()
            {
                {{calls}}
            }
        }
        """;
}
