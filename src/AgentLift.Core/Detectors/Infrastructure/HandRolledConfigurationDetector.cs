using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Loads;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1003: settings read and parsed in the agent.</summary>
internal sealed class HandRolledConfigurationDetector() : Detector(RuleIds.HandRolledConfiguration)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var written = WrittenFiles(agent);
        foreach (var call in agent.Facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            var known = agent.Knowledge.Known(method.ContainingType);
            if (known == KnownType.Environment && method.Name is "GetEnvironmentVariable" or "GetEnvironmentVariables" or "GetCommandLineArgs")
                found.Add(At(call.Operation, call.Scope.Function, "Environment." + method.Name));
            else if (TableReads.ReadsFile(agent.Knowledge, call.Operation) && IsSettingsFile(agent, call.Operation, call.Operation.Arguments, written, out var file))
                found.Add(At(call.Operation, call.Scope.Function, $"File.{method.Name}(\"{file}\")"));
        }

        foreach (var creation in agent.Facts.Creations)
        {
            var known = creation.Type.Known;
            if (known == KnownType.ConfigurationBuilder)
                found.Add(At(creation.Operation, creation.Scope.Function, "ConfigurationBuilder"));
            else if (known == KnownType.StreamReader && IsSettingsFile(agent, creation.Operation, creation.Operation.Arguments, written, out var file))
                found.Add(At(creation.Operation, creation.Scope.Function, $"StreamReader(\"{file}\")"));
        }

        foreach (var read in agent.Facts.PropertyReads)
        {
            if (read.Type.Known == KnownType.ConfigurationManager)
                found.Add(At(read.Operation, read.Scope.Function, "ConfigurationManager." + read.Operation.Property.Name));
        }
    }

    // A file that the agent also writes is its state; one that becomes a collection is a table of data.
    private static bool IsSettingsFile(
        AgentSubject agent,
        IOperation read,
        System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments,
        HashSet<string> written,
        out string? file)
    {
        file = arguments.Length > 0 ? PathText(arguments[0].Value) : null;
        return FileKinds.IsSettings(file) && !written.Contains(file!) && !agent.Loads.Any(load => load.Operation.DescendantsAndSelf().Contains(read))
            && !BecomesTable(agent, read);
    }

    private static bool BecomesTable(AgentSubject agent, IOperation read) =>
        read.StoredIn() is ILocalSymbol local
        && agent.Facts.Calls.Any(call => TableReads.Deserialises(agent.Knowledge, call.Operation, argument => SocketUse.Same(argument.ReferencedSymbol(), local)));

    // "x.json", Path.Combine(folder, "x.json"), folder + "x.json".
    private static string? PathText(IOperation value) => value.Unwrapped() switch
    {
        var constant when constant.ConstantText() is { } text => text,
        IInvocationOperation { TargetMethod: { Name: "Combine" or "Join", ContainingType.Name: "Path" } } call =>
            call.Arguments.Length == 0 ? null : PathText(LastPart(call)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => PathText(sum.RightOperand),
        IFieldReferenceOperation { Field: { } field } => ReadonlyText(field),
        _ => null,
    };

    private static IOperation LastPart(IInvocationOperation combine) => combine.Arguments[combine.Arguments.Length - 1].Value switch
    {
        IArrayCreationOperation { Initializer.ElementValues: { Length: > 0 } values } => values[values.Length - 1],
        ICollectionExpressionOperation { Elements: { Length: > 0 } elements } => elements[elements.Length - 1],
        var part => part,
    };

    private static string? ReadonlyText(IFieldSymbol field) => field.HasConstantValue ? field.ConstantValue as string : null;

    private static HashSet<string> WrittenFiles(AgentSubject agent) =>
        new(
            agent.Facts.CallsOn(KnownType.File)
                .Where(call => call.Operation.TargetMethod.Name is var name
                    && (name.StartsWith("Write", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal) || name is "Create" or "OpenWrite" or "CreateText"))
                .Select(call => call.Operation.Arguments.Length > 0 ? PathText(call.Operation.Arguments[0].Value) : null)
                .OfType<string>(),
            StringComparer.OrdinalIgnoreCase);
}
