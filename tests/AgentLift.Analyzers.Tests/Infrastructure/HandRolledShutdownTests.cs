using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Infrastructure;

public class HandRolledShutdownTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.HandRolledShutdown);

    [Fact]
    public Task Reports_ctrl_c() => Rule.VerifyInAgent("""
        readonly ManualResetEvent done = new(false);
        public void Run()
        {
            [|Console.CancelKeyPress += (sender, args) => done.Set()|];
            [|Console.CancelKeyPress += OnCancel|];
        }
        void OnCancel(object? sender, ConsoleCancelEventArgs args) => args.Cancel = true;
        """);

    [Fact]
    public Task Reports_the_end_of_the_process() => Rule.VerifyInAgent("""
        public SampleAgent()
        {
            [|AppDomain.CurrentDomain.ProcessExit += delegate { Stop(); }|];
            [|AppDomain.CurrentDomain.DomainUnload += (_, _) => Stop()|];
        }
        void Stop() { }
        """);

    [Fact]
    public Task Reports_the_unloading_of_the_context() => Rule.VerifyInAgent("""
        public void Start() => [|AssemblyLoadContext.Default.Unloading += OnUnload|];
        void OnUnload(AssemblyLoadContext context) { }
        """, "using System.Runtime.Loader;");

    [Fact]
    public Task Reports_signals() => Rule.VerifyInAgent("""
        readonly IDisposable signal = [|PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true)|];
        """, "using System.Runtime.InteropServices;");

    [Fact]
    public Task Reports_leaving_the_process_in_a_lambda() => Rule.VerifyInAgent("""
        public void Watch(Task work) => work.ContinueWith(failed => [|Environment.Exit(1)|], TaskContinuationOptions.OnlyOnFaulted);
        """);

    [Fact]
    public Task Ignores_taking_a_handler_off_again() => Rule.VerifyInAgent("""
        public void Stop() => Console.CancelKeyPress -= OnCancel;
        void OnCancel(object? sender, ConsoleCancelEventArgs args) { }
        """);

    [Fact]
    public Task Ignores_other_events_and_other_exits() => Rule.VerifyInAgent("""
        public event EventHandler? ProcessExit;
        public void Start(Process child)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, _) => { };
            child.Exited += (_, _) => { };
            ProcessExit += (_, _) => { };
            Environment.ExitCode = 1;
            Exit(1);
        }
        void Exit(int code) { }
        """);
}
