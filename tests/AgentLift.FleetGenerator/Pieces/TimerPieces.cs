using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL2005 and AGL2006: timers by hand, threads interfered with.</summary>
internal static class TimerPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("threading timer", Owner, Threading),
        new Piece("threading timer in field initialiser", Owner, ThreadingInitialiser),
        new Piece("timers timer", Owner, Timers),
        new Piece("timers timer with initialiser", Owner, TimersInitialiser),
        new Piece("periodic timer in a field", Owner, Periodic),
        new Piece("one-shot timer", Pattern, OneShot),
        new Piece("periodic timer in a method", Pattern, PeriodicLocal),
        new Piece("interrupt", Pattern, Interrupt),
        new Piece("abort", Pattern, Abort),
        new Piece("timer decoys", Decoy, NoTimer),
    ];

    private static string Tick(AgentDraft agent, string parameters)
    {
        var name = agent.Name("OnTick", "Tick", "Beat", "Publish", "Prune");
        agent.Method(agent.Pick(
            Code.Block($"private void {name}({parameters})", agent.Step()),
            Code.Block($"private void {name}({parameters})", Code.Block("lock (this)", agent.Step()))));
        return name;
    }

    private static void Threading(AgentDraft agent)
    {
        var timer = agent.FieldName("timer", "clock", "beat");
        var tick = Tick(agent, "object state");
        var type = agent.Pick("Timer", "System.Threading.Timer");
        agent.Field($"private {type} {timer};");
        agent.SetUp(agent.Pick(
            $"{timer} = new {type}({tick}, null, {agent.Number(0, 900)}, {agent.Number(2, 90) * 100}); §{ManualTimer}",
            $"{agent.This}{timer} = new {type}(_ => {tick}(null), null, TimeSpan.Zero, TimeSpan.FromSeconds({agent.Number(1, 60)})); §{ManualTimer}",
            $"{timer} = new({tick}, null, 0, {agent.Number(2, 90) * 100}); §{ManualTimer}",
            Code.Lines($"{timer} = new {type}( §{ManualTimer}", $"    {tick},", "    null,", $"    dueTime: {agent.Number(0, 900)},", $"    period: {agent.Number(2, 90) * 100});")));
        agent.Stop($"{timer}?.Dispose();");
    }

    private static void ThreadingInitialiser(AgentDraft agent)
    {
        var timer = agent.FieldName("timer", "ticker");
        var tick = agent.Name("Tick", "Beat");
        agent.Field($"private static int {timer}Ticks;");
        agent.Method($"private static void {tick}(object state) => Interlocked.Increment(ref {timer}Ticks);");
        agent.Field($"private readonly Timer {timer} = new{agent.Pick(" Timer", "")}({tick}, null, 1000, {agent.Number(2, 90) * 100}); §{ManualTimer}");
    }

    private static void Timers(AgentDraft agent)
    {
        var timer = agent.FieldName("timer", "clock", "cron");
        var tick = Tick(agent, "object sender, System.Timers.ElapsedEventArgs e");
        agent.Field($"private readonly System.Timers.Timer {timer};");
        agent.Construct($"{timer} = new System.Timers.Timer({agent.Number(2, 90) * 100}); §{ManualTimer}");
        agent.Construct(agent.Pick($"{timer}.Elapsed += {tick};", $"{timer}.Elapsed += (sender, e) => {tick}(sender, e);"));
        agent.Construct($"{timer}.AutoReset = true;");
        agent.Start($"{timer}.Start();");
        agent.Stop($"{timer}.Stop();");
    }

    private static void TimersInitialiser(AgentDraft agent)
    {
        var timer = agent.FieldName("timer", "clock");
        var tick = Tick(agent, "object sender, EventArgs e");
        agent.Use("ClockTimer = System.Timers.Timer");
        agent.Field($"private readonly ClockTimer {timer} = new ClockTimer {{ Interval = {agent.Number(2, 90) * 100}, AutoReset = true }}; §{ManualTimer}");
        agent.Start($"{timer}.Elapsed += {tick};");
        agent.Start($"{timer}.Enabled = true;");
    }

    private static void Periodic(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var timer = agent.FieldName("timer", "interval", "pace");
        var method = agent.Name("TickAsync", "PulseAsync", "RoundsAsync");
        var task = agent.FieldName("ticking", "task");
        agent.Field($"private readonly PeriodicTimer {timer} = {agent.Pick("new", "new PeriodicTimer")}(TimeSpan.FromSeconds({agent.Number(1, 60)})); §{ManualTimer}");
        agent.Field($"private Task {task};");
        agent.Method(Code.Block($"private async Task {method}()", Code.Block($"while (await {timer}.WaitForNextTickAsync())", agent.Step())));
        agent.Start($"{task} = {method}();");
        agent.Stop($"{timer}.Dispose();");
    }

    private static void OneShot(AgentDraft agent)
    {
        var timer = agent.FieldName("delay", "grace");
        var tick = Tick(agent, "object state");
        agent.Field($"private Timer {timer};");
        var method = agent.Name("Later", "Postpone", "Schedule");
        agent.Method($"public void {method}() => {timer} = new Timer({tick}, this, {agent.Number(1, 90) * 100}, Timeout.Infinite); §{ManualTimer}");
    }

    private static void PeriodicLocal(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var method = agent.Name("PaceAsync", "StepAsync", "RepeatAsync");
        agent.Method(Code.Block(
            $"public async Task {method}(CancellationToken token)",
            $"using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds({agent.Number(1, 60) * 50})); §{ManualTimer}",
            Code.Lines("while (await timer.WaitForNextTickAsync(token))", "    " + agent.Step())));
    }

    private static void Interrupt(AgentDraft agent)
    {
        var thread = agent.FieldName("stuck", "slow", "busy");
        agent.Field($"private Thread {thread};");
        var method = agent.Name("Unblock", "Shake", "Wake");
        agent.Method(agent.Pick(
            $"public void {method}() => {thread}.Interrupt(); §{ThreadAbort}",
            Code.Block($"public void {method}(Thread thread)", $"{thread} = thread;", $"if (!{thread}.Join(100))", $"    {thread}.Interrupt(); §{ThreadAbort}"),
            Code.Block($"internal void {method}()", $"{thread}?.Interrupt(); §{ThreadAbort}")));
    }

    private static void Abort(AgentDraft agent)
    {
        var thread = agent.FieldName("stray", "runaway", "helper");
        agent.Field($"private Thread {thread};");
        var method = agent.Name("Kill", "Force", "Freeze");
        var call = agent.Pick("Abort()", "Suspend()", "Resume()", "Abort(\"stop\")");
        agent.Method(Code.Block($"public void {method}()", "#pragma warning disable CS0618, SYSLIB0006", Code.Block($"if ({thread} != null && {thread}.IsAlive)", $"{thread}.{call}; §{ThreadAbort}"), "#pragma warning restore CS0618, SYSLIB0006"));
    }

    /// <summary>Members of other types with names of timers and threads.</summary>
    private static void NoTimer(AgentDraft agent)
    {
        var type = agent.Name("Phase", "Stage", "Step");
        agent.Nested(Code.Block($"private sealed class {type}", "public bool Suspended { get; private set; }", "public void Suspend() => Suspended = true;", "public void Resume() => Suspended = false;", "public void Abort() => Suspended = true;"));
        var method = agent.Name("Toggle", "Rewind");
        agent.Method(Code.Block($"private bool {method}()", $"var phase = new {type}();", "phase.Suspend();", "phase.Resume();", "phase.Abort();", "var watch = System.Diagnostics.Stopwatch.StartNew();", "return phase.Suspended && watch.ElapsedMilliseconds >= 0;"));
    }
}
