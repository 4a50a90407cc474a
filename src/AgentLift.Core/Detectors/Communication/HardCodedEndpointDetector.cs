using System.Collections.Immutable;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.Endpoints;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3004: host, port, URL or connection string in code. One finding a call, or one a field that holds the constant.</summary>
internal sealed class HardCodedEndpointDetector() : Detector(RuleIds.HardCodedEndpoint)
{
    private static readonly string[] EndpointWords = ["port", "host", "hostname", "url", "uri", "endpoint", "address", "server", "connection", "prefix", "dsn", "broker"];

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var fields = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var reported = new List<IOperation>();
        foreach (var call in EndpointCalls(agent))
        {
            if (IsDefault(call.Operation))
                continue;
            if (reported.Any(outer => outer.Syntax.Span.Contains(call.Operation.Syntax.Span) && outer.Syntax.SyntaxTree == call.Operation.Syntax.SyntaxTree))
                continue;
            foreach (var argument in call.Arguments)
            {
                var value = argument.ArgumentKind == ArgumentKind.DefaultValue ? null : Constant(argument.Value);
                if (value is null || !IsEndpoint(argument.Parameter, value))
                    continue;
                if (HoldingField(argument.Value, agent.Type) is { } field)
                {
                    fields.Add(field);
                    continue;
                }

                reported.Add(call.Operation);
                found.Add(At(call.Operation, call.Scope.Function, Display(value)) with { FindObstacle = () => EndpointPlace.Obstacle(agent.Documented, (ExpressionSyntax)call.Operation.Syntax, agent.IsOnRuntime) });
                break;
            }
        }

        foreach (var field in agent.Type.GetMembers().OfType<IFieldSymbol>())
        {
            if ((fields.Contains(field) || IsEndpointField(agent, field)) && !IsFallback(agent, field))
                found.Add(At(field, $"'{field.Name}'") with { FindObstacle = () => EndpointFieldUse.Obstacle(agent.Documented, field) });
        }
    }

    // ListenLines("requests", Answer, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 5601))): the configuration says otherwise where it wants.
    private static bool IsDefault(IOperation endpoint)
    {
        for (var parent = endpoint.Parent; parent is IArgumentOperation or IConversionOperation or IObjectCreationOperation or IInvocationOperation; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod: { Name: "WithoutLimits", ContainingType.Name: "EndpointOptions" } })
                return true;
        }

        return false;
    }

    // Context.Setting("Port", DefaultPort): the constant is what holds where the configuration is silent.
    private static bool IsFallback(AgentSubject agent, IFieldSymbol field)
    {
        var uses = agent.Type.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == field.Name).ToList();
        return uses.Count > 0 && uses.TrueForAll(use => use.Parent is ArgumentSyntax
        {
            Parent: ArgumentListSyntax { Arguments.Count: 2, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Setting" } } },
        });
    }

    // Calls that take an endpoint, outer calls first: new TcpListener(new IPEndPoint(IPAddress.Parse("..."), 80)) is one finding.
    private static List<EndpointCall> EndpointCalls(AgentSubject agent)
    {
        var calls = new List<EndpointCall>();
        foreach (var creation in agent.Facts.Creations)
        {
            if (TakesEndpoint(agent.Knowledge, creation))
                calls.Add(new(creation.Operation, creation.Operation.Arguments, creation.Scope));
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (TakesEndpoint(agent.Knowledge, call))
                calls.Add(new(call.Operation, call.Operation.Arguments, call.Scope));
        }

        calls.Sort(static (left, right) =>
        {
            var (first, second) = (left.Operation.Syntax.Span, right.Operation.Syntax.Span);
            return first.Length != second.Length ? second.Length.CompareTo(first.Length) : first.Start.CompareTo(second.Start);
        });
        return calls;
    }

    private static bool TakesEndpoint(CompilationKnowledge knowledge, Fact<IObjectCreationOperation> creation) =>
        creation.Type.Known is KnownType.TcpListener or KnownType.TcpClient or KnownType.UdpClient or KnownType.IPEndPoint or KnownType.DnsEndPoint or KnownType.Uri
        || creation.Type is { IsConnection: true } or { Store: not null }
        || knowledge.Is(creation.Operation.Type, KnownType.NetMqSocket);

    private static bool TakesEndpoint(CompilationKnowledge knowledge, Fact<IInvocationOperation> call)
    {
        var name = call.Operation.TargetMethod.Name;
        return call.Type switch
        {
            { Known: KnownType.HttpListenerPrefixes } => name == "Add",
            { Known: KnownType.IPAddress } => name is "Parse",
            { Known: KnownType.TcpListener } => name == "Create",
            { Known: KnownType.TcpClient or KnownType.Socket or KnownType.UdpClient or KnownType.ClientWebSocket } =>
                name is "Connect" or "ConnectAsync" or "Send" or "SendAsync" or "SendTo" or "Bind",
            { Known: KnownType.HttpClient } => name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("P", StringComparison.Ordinal) || name.StartsWith("Delete", StringComparison.Ordinal),
            { Known: KnownType.NetMqSocket } => name is "Bind" or "Connect",
            { Store: not null } => name is "Connect" or "ConnectAsync" or "Create" or "Parse",
            _ => name is "Bind" or "Connect" && knowledge.Is(call.Operation.TargetMethod.ContainingType, KnownType.NetMqSocket),
        };
    }

    private static object? Constant(IOperation operation)
    {
        var value = operation.Unwrapped();
        if (operation.ConstantValue is { HasValue: true, Value: { } converted })
            return converted;
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
            return constant;
        return value is IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field } ? InitialText(field) : null;
    }

    private static string? InitialText(IFieldSymbol field) =>
        field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax
        {
            Initializer.Value: LiteralExpressionSyntax literal,
        }
            ? literal.Token.ValueText
            : null;

    private static bool IsEndpoint(IParameterSymbol? parameter, object constant) => constant switch
    {
        int port => port > 0 && parameter?.Name.IndexOf("port", StringComparison.OrdinalIgnoreCase) >= 0,
        string text when parameter?.Name is "connectionString" or "nameOrConnectionString" or "configuration" => text.Trim().Length > 0,
        string text when parameter?.Name is "hostname" or "host" or "ipString" => text.Trim().Length > 0,
        string text => EndpointText.LooksLikeEndpoint(text),
        _ => false,
    };

    private static IFieldSymbol? HoldingField(IOperation argument, INamedTypeSymbol type) =>
        argument.Unwrapped() is IFieldReferenceOperation { Field: { } field } && SocketUse.Same(field.ContainingType.OriginalDefinition, type) ? field : null;

    // private readonly int _port = 5601;  private const string HubUrl = "http://10.0.0.5:9000";
    private static bool IsEndpointField(AgentSubject agent, IFieldSymbol field)
    {
        if (field.IsImplicitlyDeclared || !TypeNames.HasWord(field.Name, EndpointWords))
            return false;
        var value = field.HasConstantValue
            ? field.ConstantValue
            : agent.Facts.Members.Where(member => SocketUse.Same(member.Member, field)).SelectMany(member => member.Blocks)
                .OfType<IFieldInitializerOperation>().Select(initializer => initializer.Value.ConstantValue.Value).FirstOrDefault();
        return value switch
        {
            int port => port is > 0 and <= 65535 && TypeNames.HasWord(field.Name, "port"),
            string text => EndpointText.LooksLikeEndpoint(text),
            _ => false,
        };
    }

    private static string Display(object constant) => constant is string text ? $"\"{text}\"" : $"port {constant}";

    private sealed record EndpointCall(IOperation Operation, ImmutableArray<IArgumentOperation> Arguments, Scope Scope);
}
