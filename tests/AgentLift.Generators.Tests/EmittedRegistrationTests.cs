using AgentLift.Testing;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.Tests;

/// <summary>What is written to register agents of every shape. Each text is compiled before it is compared: no error, no warning.</summary>
public class EmittedRegistrationTests
{
    private static readonly MetadataReference Vendor = AgentCompilation.ReferenceTo("Vendor", """
        using AgentLift.Runtime;

        namespace Vendor;

        public abstract class CounterAgent(AgentContext context) : BaseAgent(context);
        """);

    [Fact]
    public void Public_agents_and_internal_ones() => Emits("""
        namespace Fleet;

        public sealed class TutorAgent(AgentContext context) : BaseAgent(context);
        internal sealed class ClockAgent(AgentContext context) : BaseAgent(context);
        class HubAgent(AgentContext context) : BaseAgent(context);
        """);

    [Fact]
    public void Internal_agents_alone() => Emits("namespace Fleet; internal sealed class ClockAgent(AgentContext context) : BaseAgent(context);");

    [Fact]
    public void Nested_agents() => Emits("""
        namespace Fleet;

        public static class Agents
        {
            public sealed class TutorAgent(AgentContext context) : BaseAgent(context);

            internal partial struct Group
            {
                internal sealed class ClockAgent(AgentContext context) : BaseAgent(context);
                private sealed class HiddenAgent(AgentContext context) : BaseAgent(context);
            }

            public class Shelf<T>
            {
                public sealed class OpenAgent(AgentContext context) : BaseAgent(context);
            }
        }

        public abstract class Tool
        {
            protected internal sealed class FoundAgent(AgentContext context) : BaseAgent(context);
            protected sealed class InheritedAgent(AgentContext context) : BaseAgent(context);
            private protected sealed class NearAgent(AgentContext context) : BaseAgent(context);
        }
        """);

    [Fact]
    public void Agents_over_bases_of_every_kind() => Emits("""
        namespace Fleet;

        public abstract class HouseAgent(AgentContext context) : BaseAgent(context);
        public class TableAgent<T>(AgentContext context) : HouseAgent(context);
        public sealed class WordAgent(AgentContext context) : TableAgent<string>(context);
        public class TutorAgent(AgentContext context) : HouseAgent(context);
        public sealed class NightTutorAgent(AgentContext context) : TutorAgent(context);
        """);

    [Fact]
    public void An_agent_whose_base_stands_in_another_assembly() => Emits("""
        namespace Fleet;

        public sealed class ShopAgent(AgentContext context) : Vendor.CounterAgent(context);
        """);

    [Fact]
    public void Agents_in_the_global_namespace() => Emits("""
        public sealed class TutorAgent(AgentContext context) : BaseAgent(context);
        internal sealed class ClockAgent(AgentContext context) : BaseAgent(context);
        """);

    [Fact]
    public void Names_that_are_keywords() => Emits("""
        namespace @namespace.@class
        {
            public class @event(AgentContext context, Microsoft.Extensions.Options.IOptions<eventOptions> options) : BaseAgent(context)
            {
                public int @static => options.Value.@static;

                protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
                {
                    ListenLines("the \"lines\"", line => line);
                    return ValueTask.CompletedTask;
                }
            }

            public class eventOptions { public int @static { get; set; } }
        }
        """);

    [Fact]
    public void Agents_of_one_name_in_two_namespaces() => Emits("""
        namespace Fleet.Night
        {
            public class TutorAgent(AgentContext context) : BaseAgent(context);
        }

        namespace Fleet.Day
        {
            [Agent("day")]
            public class TutorAgent(AgentContext context) : BaseAgent(context);
        }
        """);

    [Fact]
    public void An_agent_over_several_files() => Emits(
        """
        namespace Fleet;

        public partial class TutorAgent : BaseAgent
        {
            private void ListenForTeachers() => ListenFrames("teachers", (frame, _) => new ValueTask<byte[]?>(frame.ToArray()));
        }
        """,
        """
        namespace Fleet
        {
            [Agent("tutor")]
            public partial class TutorAgent(AgentContext context) : BaseAgent(context)
            {
                protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
                {
                    ListenForTeachers();
                    ListenLines("requests", line => line);
                    return ValueTask.CompletedTask;
                }
            }
        }
        """);

    [Fact]
    public void Agents_with_names_of_their_own() => Emits("""
        namespace Fleet;

        [Agent("tutor \"night\" \\ \u00e9 \u0007")] public sealed class TutorAgent(AgentContext context) : BaseAgent(context);
        [Agent(null)] public sealed class ClockAgent(AgentContext context) : BaseAgent(context);
        [Agent] public sealed class HubAgent(AgentContext context) : BaseAgent(context);
        """);

    [Fact]
    public void What_hosts_do_not_run() => Emits("""
        namespace Fleet;

        public sealed class TutorAgent(AgentContext context) : BaseAgent(context);
        public abstract class HouseAgent(AgentContext context) : BaseAgent(context);
        [RunBy(typeof(TutorAgent))] public sealed class OwnedAgent(AgentContext context) : BaseAgent(context);
        public sealed class MadeAgent : BaseAgent { internal MadeAgent(AgentContext context) : base(context) { } }
        public sealed class OldAgent : BaseAgent { [CompatibilityConstructor] public OldAgent() : base(AgentContext.Standalone("old")) { } }
        file sealed class FileAgent(AgentContext context) : BaseAgent(context);
        public sealed class NoAgent : Table;
        """);

    [Fact]
    public void Endpoints_of_every_form() => Emits("""
        namespace Fleet;

        public abstract class HouseAgent<T>(AgentContext context) : BaseAgent(context)
        {
            protected void ListenToHouse() => this.ListenLines("house", line => line);
        }

        public sealed class TutorAgent(AgentContext context) : HouseAgent<int>(context)
        {
            private const string Constant = "constant";

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                ListenLines(Constant, line => line);
                ListenLines(name: "requests", answer: line => line);
                base.ListenDatagrams("datagrams", datagram => null);
                ListenHttp("pages", routes => { });
                ListenConnections("bytes", (connection, _) => Task.CompletedTask);
                ListenMessages("questions", routes => { });
                return ValueTask.CompletedTask;
            }
        }

        public sealed class OwnAgent(AgentContext context) : BaseAgent(context)
        {
            private static void ListenLines(string name) { }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                ListenLines("nothing");
                return ValueTask.CompletedTask;
            }
        }
        """);

    [Fact]
    public void Options_of_an_agent() => Emits("""
        using System.ComponentModel.DataAnnotations;
        using Microsoft.Extensions.Options;

        namespace Fleet;

        [Agent("tutor")]
        public sealed class TutorAgent(AgentContext context, IOptionsMonitor<TutorAgentOptions> options) : BaseAgent(context)
        {
            public int Port => options.CurrentValue.Port;
        }

        public enum Pace { Slow, Fast }

        public class HouseOptions { public string? House { get; set; } }

        public sealed class TutorAgentOptions : HouseOptions
        {
            public const string Section = "Agents:tutor";
            [Range(1, 65_535)] public int Port { get; set; } = 5611;
            [Range(0.5, 1, ErrorMessage = "between half and all")] public double PassMark { get; set; } = 0.7;
            [Required, StringLength(40, MinimumLength = 2)] public string Title { get; set; } = "tutor";
            public TimeSpan? Pause { get; set; }
            public Pace Pace { get; set; }
            public Uri? Registry { get; set; }
            public bool IsOpen => Port > 0;
        }
        """);

    [Fact]
    public void Options_that_are_left_to_the_program() => Emits("""
        using Microsoft.Extensions.Options;

        namespace Fleet;

        public sealed class ListAgent(AgentContext context, IOptions<ListAgentOptions> options) : BaseAgent(context) { public object O => options; }
        public sealed class ListAgentOptions { public int Count { get; set; } public List<string> Words { get; } = []; }

        public sealed class SectionAgent(AgentContext context, IOptions<SectionAgentOptions> options) : BaseAgent(context) { public object O => options; }
        public sealed class SectionAgentOptions { public const string Section = "Words"; public int Count { get; set; } }

        public sealed class SharedAgent(AgentContext context, IOptions<HouseOptions> options) : BaseAgent(context) { public object O => options; }
        public sealed class HouseOptions { public int Count { get; set; } }
        """);

    [Fact]
    public void Agents_that_are_obsolete_or_an_experiment() => Emits("""
        namespace Fleet;

        [Obsolete] public sealed class OldAgent(AgentContext context) : BaseAgent(context);
        [System.Diagnostics.CodeAnalysis.Experimental("FLEET001")] public sealed class NewAgent(AgentContext context) : BaseAgent(context);
        """);

    [Fact]
    public void A_call_that_means_a_method_of_the_users_goes_on_to_mean_it() => Emits("""
        using Microsoft.Extensions.Hosting;

        namespace Fleet.Hosting
        {
            public static class FleetHosting
            {
                public static IHostApplicationBuilder AddAgents(this IHostApplicationBuilder builder) => builder.AddAgent<TutorAgent>();
            }
        }

        namespace Fleet
        {
            using Fleet.Hosting;

            internal sealed class TutorAgent(AgentContext context) : BaseAgent(context);

            internal static class Program
            {
                public static void Run() => Host.CreateApplicationBuilder().AddAgents();
            }
        }
        """);

    [Fact]
    public void Without_agents_nothing_is_written() =>
        GeneratorRun.Of(AgentCompilation.Of("public abstract class HouseAgent(AgentContext context) : BaseAgent(context); public class Plain : Table;")).Sources.ShouldBeEmpty();

    [Fact]
    public void Without_the_runtime_nothing_is_written() =>
        GeneratorRun.Of(TestCompilation.Create([("/fleet/File0.cs", "namespace Fleet; public class BaseAgent { } public class TutorAgent : BaseAgent { }")])).Sources.ShouldBeEmpty();

    private static void Emits(params string[] sources)
    {
        var run = GeneratorRun.Of(AgentCompilation.Of(sources).AddReferences(Vendor));

        run.Diagnostics.ShouldBeEmpty();
        var emitted = run.Sources["AgentRegistration.g.cs"];
        run.Compilation.Complaints().ShouldBeEmpty(emitted);
        emitted.ShouldMatchApproved(options => options
            .LocateTestMethodUsingAttribute<FactAttribute>()
            .WithFileExtension(".cs")
            .SubFolder("Snapshots")
            .NoDiff());
    }
}
