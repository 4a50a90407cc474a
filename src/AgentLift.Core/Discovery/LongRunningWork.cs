using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Discovery;

/// <summary>Finds the long-running work that a class owns. Strong signs suffice alone, weak ones need an agent's name or each other.</summary>
internal sealed class LongRunningWork
{
    private static readonly HashSet<string> Accepting = new(StringComparer.Ordinal)
    {
        "Accept", "AcceptAsync", "AcceptSocket", "AcceptSocketAsync", "AcceptTcpClient", "AcceptTcpClientAsync", "BeginAccept", "BeginAcceptSocket",
        "BeginAcceptTcpClient", "GetContext", "GetContextAsync", "BeginGetContext", "Receive", "ReceiveAsync", "ReceiveFrom", "ReceiveFromAsync",
        "BeginReceive", "BeginReceiveFrom",
    };

    private readonly TypeFacts facts;

    private LongRunningWork(TypeFacts facts) => this.facts = facts;

    public List<string> Strong { get; } = [];

    public List<string> Weak { get; } = [];

    /// <summary>A look at single operations only, to leave at once where nothing can be found.</summary>
    public static bool IsPossible(TypeFacts facts) =>
        facts.Loops.Any(loop => IsEndless(loop.Operation) || LongLoop.IsLong(facts, loop))
        || facts.Creations.Any(creation => creation.Type is var type
            && (type.Known is KnownType.Thread or KnownType.ThreadingTimer or KnownType.TimersTimer or KnownType.TcpListener or KnownType.HttpListener
                    or KnownType.Socket or KnownType.UdpClient or KnownType.NetMqSocket
                || type.LoadWhenCreated() is { Model: true }))
        || facts.Calls.Any(call => call.Type is { Known: not KnownType.None } or { Libraries.IsEmpty: false });

    public static LongRunningWork Find(TypeFacts facts)
    {
        var work = new LongRunningWork(facts);
        work.FindBackgroundLoops();
        work.FindListeners();
        work.FindForegroundLoops();
        work.FindTimers();
        work.FindModels();
        return work;
    }

    private static bool IsEndless(ILoopOperation loop) => LongLoop.IsEndless(loop);

    private void FindBackgroundLoops()
    {
        var longLoops = new HashSet<ISymbol>(
            facts.Loops.Where(loop => IsOwnWork(loop)).Select(loop => loop.Scope.Function), SymbolEqualityComparer.Default);
        foreach (var work in facts.Background)
        {
            if (work.Kind == BackgroundKind.Timer || work.Body is null || !facts.Graph.Reach(work.Body).Overlaps(longLoops) || BoundedWork.EndsWithItsStarter(facts, work))
                continue;
            Strong.Add(work.Kind == BackgroundKind.Thread ? "runs a loop on a thread of its own" : "runs a loop on a task");
            return;
        }
    }

    // An endless loop in a method that says it runs needs no wait to be long.
    private static bool IsEndlessRun(Fact<ILoopOperation> loop) => LongLoop.IsEndless(loop.Operation) && RunLike.Named(loop.Scope.Function);

    private bool IsOwnWork(Fact<ILoopOperation> loop) =>
        LongLoop.IsLong(facts, loop) && !LongLoop.TalksToConsole(facts, loop) && !BoundedWork.EndsByItself(facts, loop);

    private void FindListeners()
    {
        foreach (var creation in facts.Creations)
        {
            var known = creation.Type.Known;
            if (known == KnownType.NetMqSocket && creation.Operation.StoredIn() is IFieldSymbol or IPropertySymbol)
                Strong.Add("owns a message-queue socket");
        }

        var sockets = SocketUse.OwnListeners(facts).ToList();
        if (sockets.Count == 0)
            return;
        if (facts.Calls.Any(call => Accepting.Contains(call.Operation.TargetMethod.Name)
                && call.Type.Known is KnownType.Socket or KnownType.TcpListener or KnownType.UdpClient or KnownType.HttpListener
                && (call.Scope.InLoop || call.Operation.TargetMethod.Name.StartsWith("Begin", StringComparison.Ordinal))))
        {
            Strong.Add("accepts from a listener in a loop");
        }
        else if (sockets.Any(socket => socket.StoredIn is IFieldSymbol or IPropertySymbol))
        {
            Weak.Add("keeps a listener");
        }
    }

    private void FindForegroundLoops()
    {
        foreach (var loop in facts.Loops)
        {
            if (IsOwnWork(loop) && (LongLoop.Waits(facts, loop) || IsEndlessRun(loop)) && RunLike.IsWork(facts, loop) && !LongLoop.ServesRequest(loop))
            {
                Strong.Add("runs a loop for as long as the process lives");
                return;
            }
        }
    }

    private void FindTimers()
    {
        var timer = facts.Creations.Any(creation =>
            creation.Type.Known is KnownType.ThreadingTimer or KnownType.TimersTimer
            && creation.Operation.StoredIn() is IFieldSymbol or IPropertySymbol
            && !IsOneShot(creation.Operation));
        if (timer && facts.Background.Any(work => work.Kind == BackgroundKind.Timer && work.Body is not null))
            Weak.Add("runs a timer");
    }

    private void FindModels()
    {
        var model = facts.Creations.Any(creation => IsModel(creation.Type.LoadWhenCreated()) && creation.Operation.StoredIn() is IFieldSymbol or IPropertySymbol)
            || facts.Calls.Any(call => IsModel(call.Type.LoadWhenCalled(call.Operation.TargetMethod.Name))
                && call.Operation.StoredIn() is IFieldSymbol or IPropertySymbol);
        if (model)
            Weak.Add("keeps a loaded model");
    }

    private static bool IsModel(Catalogue.HeavyDependency? load) => load is { Model: true };

    private static bool IsOneShot(IObjectCreationOperation timer) =>
        timer.Arguments.Argument("period") is { } period
        && period.Unwrapped() is var value
        && (value.ConstantValue is { HasValue: true, Value: -1 or 0 } || value is IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" or "Infinite" });
}
