using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.CoreLogic.Supervision;
using AgentLift.CodeFixes.CoreLogic.Timers;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>The parts of a class in two files have places of the same number in them, which are not the same places.</summary>
public class PartsAtOnePositionTests
{
    private const string Start = "protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) {";
    private const string Stop = "protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken) {";
    private const string Done = "return ValueTask.CompletedTask; }";

    [Theory]
    [InlineData(
        $"{Start} >_worker = new Thread(Poll);<\n _worker.Start(); {Done} private void Poll() {{ while (true) Thread.Sleep(5); }}",
        $"private Thread _worker; {Stop} @_worker.Join(); {Done}")]
    [InlineData(
        $"{Start} >_worker = Task.Factory.StartNew(Poll, TaskCreationOptions.LongRunning);< {Done} private void Poll() {{ while (true) Thread.Sleep(5); }}",
        $"private Task _worker; {Stop} @_worker.Wait(); {Done}")]
    [InlineData(
        $"{Start} >_tick = new Timer(_ => Round(), null, 1000, 1000);< {Done} private int _rounds; private void Round() => _rounds++;",
        $"private Timer _tick; {Stop} @_tick.Dispose(); {Done}")]
    public async Task What_ends_in_the_other_file_goes_too(string making, string ending)
    {
        var first = "//" + new string('-', 300) + "\n" + Part(making);
        var second = Part(ending);

        // The end in the second file stands where the first file has the making.
        var at = first.IndexOf('>', StringComparison.Ordinal);
        second = second.Insert(0, "//" + new string('-', at - second.IndexOf('@', StringComparison.Ordinal) - 3) + "\n");
        second.IndexOf('@', StringComparison.Ordinal).ShouldBe(at);
        IRewriter[] rewriters = [new SupervisionRewriter(), new TimerRewriter(), new HeavyLoadRewriter()];

        var (texts, agents) = await LiftVerifier.LiftAsync(rewriters, Plain(first), "using AgentLift.Runtime;\npublic partial class PollAgent(AgentContext context) : BaseAgent(context);\n", Plain(second));

        agents.Single().Changed.ShouldBeTrue(string.Join("; ", agents.Single().Obstacles.Select(obstacle => obstacle.Reason)));
        texts[2].ShouldNotContain("_worker");
        texts[2].ShouldNotContain("_tick");
    }

    private static string Part(string members) => $"using AgentLift.Runtime;\npublic partial class PollAgent\n{{\n{members.Replace(" {", "\n{\n", StringComparison.Ordinal).Replace("; ", ";\n", StringComparison.Ordinal)}\n}}\n";

    private static string Plain(string text) => text.Replace(">_", "_", StringComparison.Ordinal).Replace("<\n", "\n", StringComparison.Ordinal).Replace("@", "", StringComparison.Ordinal).Replace(";<", ";", StringComparison.Ordinal);
}
