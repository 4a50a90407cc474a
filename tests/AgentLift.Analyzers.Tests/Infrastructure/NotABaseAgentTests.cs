using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Infrastructure;

public class NotABaseAgentTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.NotABaseAgent);

    [Fact]
    public Task Reports_a_class_that_loops_on_a_thread() => Rule.Verify("""
        public class [|Poller|]
        {
            volatile bool running = true;
            public void Start() => new Thread(Loop).Start();
            void Loop() { while (running) Thread.Sleep(10); }
        }
        """);

    [Fact]
    public Task Reports_a_marked_class() => Rule.Verify("""
        [AgentLift.Agent] public sealed class [|Tutor|];
        """);

    [Fact]
    public Task Reports_a_record_class() => Rule.Verify("""
        [AgentLift.Agent("tutor")] public record [|Tutor|](int Port);
        """);

    [Fact]
    public Task Reports_a_class_with_another_base() => Rule.Verify("""
        public abstract class Machine;
        [AgentLift.Agent] public class [|Tutor|] : Machine;
        """);

    [Fact]
    public Task Reports_the_first_part_of_a_partial_class() => Rule.Verify(
        "[AgentLift.Agent] public partial class [|Tutor|];",
        "public partial class Tutor { void Start() => new Thread(() => { while (true) Thread.Sleep(1); }).Start(); }");

    [Fact]
    public Task Ignores_a_class_that_derives_from_it() => Rule.Verify("""
        public class Tutor : AgentLift.BaseAgent
        {
            void Say() => {|AGL1004:Console.WriteLine("hello")|};
        }
        """);

    [Fact]
    public Task Ignores_a_class_that_a_base_agent_owns() => Rule.Verify("""
        public abstract class Machine;
        [System.AttributeUsage(System.AttributeTargets.Class)] public sealed class RunByAttribute(System.Type host) : System.Attribute { public System.Type Host => host; }
        public sealed class TutorHost : AgentLift.BaseAgent { void Say() => {|AGL1004:Console.WriteLine("hello")|}; }
        [RunBy(typeof(TutorHost))] public class Tutor : Machine
        {
            volatile bool running = true;
            public void Start() => new Thread(Loop).Start();
            void Loop() { while (running) Thread.Sleep(10); }
        }
        """);

    [Fact]
    public Task Reports_a_class_that_something_else_owns() => Rule.Verify("""
        [System.AttributeUsage(System.AttributeTargets.Class)] public sealed class RunByAttribute(System.Type host) : System.Attribute { public System.Type Host => host; }
        public sealed class Shelf;
        [RunBy(typeof(Shelf)), AgentLift.Agent] public class [|Tutor|];
        """);

    [Fact]
    public Task Ignores_a_class_that_derives_from_it_by_way_of_another() => Rule.Verify("""
        public abstract class FleetAgent : AgentLift.BaseAgent;
        public class Tutor : FleetAgent
        {
            void Say() => {|AGL1004:Console.WriteLine("hello")|};
        }
        """);

    [Fact]
    public Task Ignores_a_base_class_that_the_configuration_names() => Rule.With("agentlift.base_types", "BaseAgent, FleetAgent").Verify("""
        public abstract class FleetAgent { protected abstract void Run(); }
        public class Tutor : FleetAgent
        {
            protected override void Run() { while (true) {|AGL2003:Thread.Sleep(10)|}; }
        }
        """);

    [Fact]
    public Task Ignores_a_class_that_is_no_agent() => Rule.Verify(
        "[AgentLift.Agent] public class [|Tutor|];",
        "public class Lesson { public string Title { get; set; } = string.Empty; }");
}
