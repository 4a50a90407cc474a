using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>One listening socket of an agent: where it is made, kept, bound, started, asked and closed.</summary>
internal sealed class ListenerSocket
{
    private static readonly string[] Closings = ["Stop", "Close", "Dispose"];
    private static readonly string[] Accepts = ["AcceptTcpClient", "AcceptTcpClientAsync", "AcceptSocket", "AcceptSocketAsync", "Accept", "AcceptAsync", "Receive", "ReceiveAsync", "ReceiveFrameString", "TryReceiveFrameString"];

    // What a queue keeps of messages, and for how long, has no meaning where there is no queue.
    private static readonly string[] QueueOptions = ["Linger", "SendHighWatermark", "ReceiveHighWatermark"];

    private readonly AgentSource source;
    private readonly HashSet<ISymbol> names = new(SymbolEqualityComparer.Default);
    private readonly List<StatementSyntax> statements = [];
    private readonly List<StatementSyntax> beginnings = [];
    private ArgumentListSyntax? binding;
    private StatementSyntax? bound;
    private QueueAddress? queueAddress;
    private string? retyped;
    private int starts;

    public ListenerSocket(AgentSource source, ExpressionSyntax creation)
    {
        this.source = source;
        Creation = creation;
        Whole = creation.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Own" } } own } } ? own : creation;
        Type = source.TypeOf(creation)?.Name ?? "listener";
        FindHolder();
        if (Reason is null)
            ReadUses();
        if (Reason is null)
            CheckAddress();
    }

    /// <summary>The expression that makes it.</summary>
    public ExpressionSyntax Creation { get; }

    /// <summary>The same with <c>Own(...)</c> around it.</summary>
    public ExpressionSyntax Whole { get; }

    /// <summary>TcpListener, Socket, UdpClient, or ResponseSocket of a message queue.</summary>
    public string Type { get; }

    /// <summary>The field or local that holds it.</summary>
    public ISymbol? Holder { get; private set; }

    public SyntaxNode? Declaration => Holder?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    public string Name => Holder?.Name ?? Type;

    /// <summary>Why it is no listener that an endpoint can stand for.</summary>
    public string? Reason { get; private set; }

    /// <summary>The statements that make, bind, start and close it.</summary>
    public IReadOnlyList<StatementSyntax> LifeStatements => statements;

    /// <summary>All places that name it.</summary>
    public IReadOnlyList<SimpleNameSyntax> References { get; private set; } = [];

    /// <summary>The function that accepts.</summary>
    public SyntaxNode? AcceptFunction { get; private set; }

    /// <summary>It is made by a statement that is not the constructor's, so that its address can be asked for where it was.</summary>
    public bool IsMadeAtStart => Creation.FirstAncestorOrSelf<StatementSyntax>() is { } statement && AgentSource.FunctionAround(statement) is not ConstructorDeclarationSyntax;

    /// <summary>The statement that has its address: the one that binds it, else the one that makes it.</summary>
    public StatementSyntax? Place => bound ?? Creation.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>The statements that make, bind and start it.</summary>
    public IEnumerable<StatementSyntax> Beginnings => statements.Where(statement => statement == bound || beginnings.Contains(statement) || statement.Contains(Creation));

    /// <summary>The field goes: nothing of the socket is left in it.</summary>
    public bool LeavesItsField => Holder is IFieldSymbol && (IsMadeAtStart || binding is not null);

    /// <summary>Its address is made of locals.</summary>
    public bool AddressUsesLocals => AddressArguments.Any(argument => argument.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => source.SymbolOf(name) is ILocalSymbol or IParameterSymbol));

    /// <summary>It is bound by a statement of its own, to an address that is made of locals.</summary>
    public bool IsBoundToLocals => bound is not null && AddressUsesLocals;

    /// <summary>Why an endpoint at a place would begin when the socket does not; <see langword="null"/> where nothing decides of one alone.</summary>
    public string? ConditionBeside(SyntaxNode anchor, SyntaxNode loop) =>
        Beginnings.FirstOrDefault(statement => !loop.Contains(statement) && AgentSource.FunctionAround(statement) is not ConstructorDeclarationSyntax && !source.AreSharedBy(statement, anchor)) is { } other
            ? $"'{other.ToString().Split('\n')[0].Trim()}' stands under a condition of its own"
            : null;

    /// <summary>What its address is made of.</summary>
    public IEnumerable<ArgumentSyntax> AddressArguments => (binding ?? ArgumentsOf(Creation))?.Arguments ?? [];

    public bool IsListener(ExpressionSyntax expression) => NameOf(expression) is { } name && source.SymbolOf(name) is { } symbol && names.Contains(symbol);

    /// <summary>The place that names it only to keep it.</summary>
    public bool IsCreation(SimpleNameSyntax reference) => source.Whole(reference).Parent is AssignmentExpressionSyntax assignment && assignment.Right.Contains(Creation);

    /// <summary>The expression of its address, as an IPEndPoint, to stand at a place.</summary>
    public string Address(AgentDraft draft, SyntaxNode place)
    {
        if (!IsMadeAtStart && binding is null)
        {
            var prefix = Name.StartsWith("m_", StringComparison.Ordinal) ? "m_" : Name.StartsWith("_", StringComparison.Ordinal) ? "_" : string.Empty;
            return retyped ??= source.Agent.FreeName(prefix + "address", draft.NewNames);
        }

        foreach (var argument in AddressArguments)
            draft.AddUsingsOf(source.Agent, argument, place.SyntaxTree);
        if (source.ModelOf(place).LookupSymbols(place.SpanStart, name: "IPAddress").Any(found => found.ContainingNamespace?.ToDisplayString() != "System.Net" || found is not INamedTypeSymbol) && AddressText() is var hidden && hidden.StartsWith("new(IPAddress.", StringComparison.Ordinal))
            return "new(System.Net." + hidden.Substring("new(".Length);
        AddUsings(draft, place.SyntaxTree);
        return AddressText();
    }

    /// <summary>A field that held the listener holds its address, where it was made before the start.</summary>
    public void Retype(AgentDraft draft)
    {
        if (retyped is null || Declaration is not VariableDeclaratorSyntax field)
            return;
        var tree = field.SyntaxTree;
        draft.Replace(tree, ((VariableDeclarationSyntax)field.Parent!).Type.Span, "IPEndPoint");
        draft.Replace(tree, field.Identifier.Span, retyped);
        draft.AddUsing(tree, "System.Net", "IPEndPoint");
        if (Whole.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment)
            draft.Replace(assignment.SyntaxTree, NameOf(assignment.Left)!.Identifier.Span, retyped);
        var value = AddressText();
        draft.Replace(Whole.SyntaxTree, Whole.Span, value.StartsWith("new(", StringComparison.Ordinal) && Creation is not ImplicitObjectCreationExpressionSyntax ? "new IPEndPoint" + value.Substring("new".Length) : value);
        AddUsings(draft, Whole.SyntaxTree);
        draft.AddUsing(Whole.SyntaxTree, "System.Net", "IPEndPoint");
    }

    private void AddUsings(AgentDraft draft, SyntaxTree tree)
    {
        if (AddressText().StartsWith("new(IPAddress.", StringComparison.Ordinal))
            draft.AddUsing(tree, "System.Net", "IPAddress");
    }

    private string AddressText()
    {
        if (queueAddress is { } address)
            return $"new({address.Host}, {address.Port})";
        var arguments = AddressArguments.Select(argument => argument.Expression.WithoutTrivia().ToString()).ToList();
        return (arguments.Count, IsFactory) switch
        {
            (1, true) => $"new(IPAddress.IPv6Any, {arguments[0]})",
            (1, _) when source.TypeOf(AddressArguments.First().Expression) is { SpecialType: SpecialType.System_Int32 } => $"new(IPAddress.Any, {arguments[0]})",
            (1, _) => arguments[0],
            _ => $"new({string.Join(", ", arguments)})",
        };
    }

    private bool IsFactory => Creation is InvocationExpressionSyntax;

    private bool IsQueue => Type == "ResponseSocket";

    private void FindHolder()
    {
        Holder = Whole.Parent switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax } assignment when assignment.Right == Whole => source.SymbolOf(assignment.Left),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } declarator } => source.Declared(declarator),
            _ => null,
        };
        Reason = Holder switch
        {
            null => "it is not kept in a field or variable of its own",
            IFieldSymbol { DeclaredAccessibility: not Accessibility.Private } => $"{Holder.Name} can be reached from outside the agent",
            IFieldSymbol { IsStatic: true } => $"{Holder.Name} is static",
            IFieldSymbol or ILocalSymbol when (Declaration as VariableDeclaratorSyntax)?.Parent is VariableDeclarationSyntax { Variables.Count: > 1 } => $"{Holder.Name} is declared together with others",
            IFieldSymbol or ILocalSymbol => null,
            _ => $"{Holder.Name} is a property",
        };
        if (Reason is null && Creation is BaseObjectCreationExpressionSyntax { Initializer: { } initializer })
            Reason = $"it is set up in a way of its own: {initializer.Expressions.FirstOrDefault()}";
    }

    private void ReadUses()
    {
        names.Add(Holder!);
        var made = Creation.FirstAncestorOrSelf<StatementSyntax>();
        var isKept = made is not null && Holder is IFieldSymbol && AgentSource.FunctionAround(made) is ConstructorDeclarationSyntax;
        if (made is not null && !isKept)
            statements.Add(made);
        var all = new List<SimpleNameSyntax>();
        foreach (var reference in source.ReferencesTo(Holder!))
            ReadUse(reference, all);
        References = all;
        if (isKept && IsQueue && binding is not null)
            statements.Add(made!);
        if (starts != 1 && Type != "UdpClient" && !IsQueue)
            Reason ??= $"{Name} is not started exactly once";
    }

    private void ReadUse(SimpleNameSyntax reference, List<SimpleNameSyntax> all)
    {
        all.Add(reference);
        var whole = source.Whole(reference);
        while (whole.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure)
            whole = sure;
        if (whole.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "Own" }, Parent: ExpressionStatementSyntax taking } })
        {
            statements.Add(taking);
            return;
        }

        if (whole.Parent is ArgumentSyntax argument && AliasOf(argument) is { } alias)
        {
            names.Add(alias);
            foreach (var inner in source.ReferencesTo(alias))
                ReadUse(inner, all);
            return;
        }

        if (whole.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } statement && AgentSource.CallIn(AgentSource.Awaited(statement.Expression)) is var (name, receiver, call) && receiver is not null)
        {
            if (receiver == whole && Closings.Contains(name))
                statements.Add(statement);
            else if (receiver == whole && name is "Start" or "Listen" && receiver == whole)
                AddStart(statement);
            else if (receiver == whole && name == "Bind" && call.ArgumentList.Arguments.Count == 1)
                AddBinding(statement, call.ArgumentList);
            else if (name == "SetSocketOption" && (receiver == whole || receiver is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Server" or "Client" }) && call.ArgumentList.ToString().Contains("SocketOptionName.ReuseAddress"))
                statements.Add(statement);
        }

        if (whole.Parent is AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression }, Parent: ExpressionStatementSyntax forgetting } forgotten && forgotten.Left == whole)
            statements.Add(forgetting);
        if (IsQueue && whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Options", Parent: MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax setting } } option }
            && QueueOptions.Contains(option.Name.Identifier.ValueText))
        {
            statements.Add(setting);
        }

        if (whole.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax accept } access && Accepts.Contains(access.Name.Identifier.ValueText))
        {
            if (AcceptFunction is not null)
                Reason ??= $"{Name} accepts in more than one place";
            AcceptFunction = AgentSource.FunctionAround(accept);
        }
    }

    private void AddStart(StatementSyntax statement)
    {
        statements.Add(statement);
        beginnings.Add(statement);
        starts++;
    }

    private void AddBinding(StatementSyntax statement, ArgumentListSyntax arguments)
    {
        if (binding is not null)
            Reason ??= $"{Name} is bound in more than one place";
        (binding, bound) = (arguments, statement);
        statements.Add(statement);
    }

    // token => AcceptAsync(listener, token): the parameter is the listener.
    private IParameterSymbol? AliasOf(ArgumentSyntax argument)
    {
        if (argument.Parent is not ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: var target } call } list || source.SymbolOf(target) is not IMethodSymbol method || source.BodyOf(method) is null)
            return null;
        var at = list.Arguments.IndexOf(argument);
        return at < method.Parameters.Length && call.ArgumentList.Arguments.All(other => other.NameColon is null) ? method.Parameters[at] : null;
    }

    private void CheckAddress()
    {
        if (IsQueue && binding is not null && ArgumentsOf(Creation) is { Arguments.Count: > 0 })
            Reason = $"{Name} is bound to several addresses";
        else if (IsQueue)
            (queueAddress, Reason) = AddressArguments.ToList().OnlyOrNull() is { } argument ? QueueAddress.Read(source, argument.Expression) : (null, $"{Name} is not bound to one address");
        else if (Type == "UdpClient" && (AddressArguments.Count() != 1 || source.TypeOf(AddressArguments.First().Expression)?.Name is not ("Int32" or "IPEndPoint")))
            Reason = $"{Name} is not bound to an address when it is made";
        else if (AddressArguments.Any(argument => argument.NameColon is not null))
            Reason = "its address is given by named arguments";
        else if (Type == "Socket" && binding is null)
            Reason = $"{Name} is not bound";
        else if (Type == "Socket" && !Creation.ToString().Contains("SocketType.Stream"))
            Reason = $"{Name} is no socket for connections";
        else if (!IsFactory && AddressArguments.Any(argument => argument.ToString().Contains("IPv6Any")))
            Reason = "it listens on IPv6 alone, and an endpoint on [::] takes IPv4 too";
        else if (AddressArguments.Any(argument => argument.DescendantTrivia().Any(trivia => trivia.IsDirective)))
            Reason = "a directive stands in its address";
    }

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax creation) => creation switch
    {
        BaseObjectCreationExpressionSyntax made => made.ArgumentList,
        InvocationExpressionSyntax call => call.ArgumentList,
        _ => null,
    };

    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) => AgentSource.Unwrapped(expression) switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name,
        _ => null,
    };
}
