using AgentLift.CodeFixes.Infrastructure;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class BaseAgentRewriterTests
{
    private static readonly BaseAgentRewriter[] Rewriters = [new()];

    [Fact]
    public Task Start_and_stop_become_the_lifecycle_and_threads_stay() => LiftVerifier.VerifyAsync(
        Rewriters,
        """
        namespace Fleet;

        /// <summary>Polls.</summary>
        public class PollAgent
        {
            // how often
            private readonly int _seconds;
            private Thread _thread;
            private volatile bool _running;

            public PollAgent()
            {
                _seconds = 5;
            }

            public void Start()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
                // begun
            }

            public void Stop()
            {
                if (!_running)
                    return;
                _running = false;
                _thread.Join();
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(_seconds * 1000);
            }
        }
        """,
        """
        using AgentLift.Runtime;

        namespace Fleet;

        /// <summary>Polls.</summary>
        [LiftedAgent(MigrationStage.Infrastructure)]
        public partial class PollAgent : BaseAgent
        {
            // how often
            private readonly int _seconds;
            private Thread _thread;
            private volatile bool _running;

            public PollAgent(AgentContext context)
                : base(context)
            {
                _seconds = 5;
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
                // begun
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                if (!_running)
                    return ValueTask.CompletedTask;
                _running = false;
                _thread.Join();
                return ValueTask.CompletedTask;
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(_seconds * 1000);
            }
        }
        """);
}
