using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL4001 to AGL4003: what is loaded before the agent is of use.</summary>
internal static class HeavyPieces
{
    private static readonly string[] Names = ["embeddings", "lexicon", "model", "faces", "scorer", "atlas", "ranking", "matrix"];

    public static IEnumerable<Piece> All =>
    [
        new Piece("heavy field", Pattern, Field),
        new Piece("heavy static field", Pattern, StaticField),
        new Piece("heavy property", Pattern, Property),
        new Piece("heavy constructor", Pattern, Constructor),
        new Piece("heavy callee", Pattern, agent => Callee(agent, 1)),
        new Piece("heavy callee two deep", Pattern, agent => Callee(agent, 2)),
        new Piece("heavy callee three deep", Pattern, agent => Callee(agent, 3)),
        new Piece("heavy static constructor", Pattern, StaticConstructor),
        new Piece("module initialiser", Pattern, ModuleInitializer),
        new Piece("lazy load", Decoy, LazyLoad),
        new Piece("load in the background", Decoy, BackgroundLoad),
        new Piece("load on demand", Decoy, OnDemand),
        new Piece("load through a lambda", Decoy, Deferred),
        new Piece("cheap statics", Decoy, CheapStatics),
        new Piece("data read by a method", Decoy, DataByMethod),
    ];

    private static string Marked(HeavyLoad load, string rule) => $" §{rule}{load.Marks}";

    private static void Field(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName(Names);
        var targetTyped = load.Expression.StartsWith("new " + load.Type + "(", StringComparison.Ordinal) && agent.Chance(3);
        agent.Field(targetTyped
            ? $"private readonly {load.Type} {field} = new{load.Expression[(4 + load.Type.Length)..]};{Marked(load, EagerHeavyField)}"
            : $"{agent.Pick("private readonly", "private", "internal readonly")} {load.Type} {field} = {load.Expression};{Marked(load, EagerHeavyField)}");
    }

    private static void StaticField(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        agent.Field(agent.Chance(3)
            ? Code.Lines($"private static readonly {load.Type} {agent.FieldName(Names)} =", $"    {load.Expression};{Marked(load, EagerHeavyField)}")
            : $"private static {agent.Pick("readonly ", "")}{load.Type} {agent.FieldName(Names)} = {load.Expression};{Marked(load, EagerHeavyField)}");
    }

    private static void Property(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        agent.Field($"{agent.Pick("public", "internal", "public static")} {load.Type} {agent.Name(Names)} {{ get; }} = {load.Expression};{Marked(load, EagerHeavyField)}");
    }

    private static void Constructor(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName(Names);
        agent.Field($"private {agent.Pick("readonly ", "")}{load.Type} {field};");
        agent.Construct(agent.Pick(
            $"{agent.This}{field} = {load.Expression};{Marked(load, EagerHeavyConstructor)}",
            Code.Lines("try", "{", $"    {field} = {load.Expression};{Marked(load, EagerHeavyConstructor)}", "}", "catch (System.IO.FileNotFoundException)", "{", $"    {field} = null;", "}")));
    }

    private static void Callee(AgentDraft agent, int depth)
    {
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName(Names);
        agent.Field($"private {load.Type} {field};");
        var method = agent.Name("LoadAll", "Prepare", "ReadModel", "SetUpModel");
        if (agent.Chance(3))
        {
            var create = agent.Name("CreateModel", "ReadIn");
            agent.Method($"private {agent.Pick("static ", "")}{load.Type} {create}() => {load.Expression};{Marked(load, EagerHeavyConstructor)}");
            agent.Method(Code.Block($"private void {method}()", $"{field} = {create}();"));
        }
        else
        {
            agent.Method(agent.Pick($"private void {method}() => {agent.This}{field} = {load.Expression};{Marked(load, EagerHeavyConstructor)}", Code.Block($"private void {method}()", agent.Step(), $"{field} = {load.Expression};{Marked(load, EagerHeavyConstructor)}")));
        }

        for (var level = 1; level < depth; level++)
        {
            var outer = agent.Name("Initialise", "Assemble", "Ready", "SetUp");
            agent.Method(Code.Block($"private void {outer}()", agent.Pick(agent.Step(), ""), $"{agent.This}{method}();"));
            method = outer;
        }

        agent.Construct($"{method}();");
    }

    private static void StaticConstructor(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName(Names);
        agent.Field($"private static readonly {load.Type} {field};");
        agent.ConstructStatic($"{field} = {load.Expression};{Marked(load, EagerHeavyStaticInit)}");
    }

    private static void ModuleInitializer(AgentDraft agent)
    {
        agent.Use("System.Runtime.CompilerServices");
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName(Names);
        agent.Field($"private static {load.Type} {field};");
        agent.Method(Code.Lines("[ModuleInitializer]", $"internal static void {agent.Name("InitModule", "OnModule", "Preset")}() => {field} = {load.Expression};{Marked(load, EagerHeavyStaticInit)}"));
    }

    private static void LazyLoad(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        var type = load.Type;
        agent.Field(agent.Pick(
            $"private readonly Lazy<{type}> {agent.FieldName(Names)} = new(() => {load.Expression});{load.Marks}",
            $"private static readonly Lazy<{type}> {agent.FieldName(Names)} = new Lazy<{type}>(() => {load.Expression}, LazyThreadSafetyMode.ExecutionAndPublication);{load.Marks}"));
        var other = HeavyLoad.Light(agent);
        var lazy = agent.FieldName(Names);
        agent.Field($"private readonly Lazy<{other.Type}> {lazy};");
        agent.Construct($"{lazy} = new Lazy<{other.Type}>(() => {other.Expression});");
    }

    private static void BackgroundLoad(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName("loading", "warming");
        agent.Field($"private readonly Task<{load.Type}> {field};");
        agent.Construct($"{field} = Task.Run(() => {load.Expression});{load.Marks}");
    }

    private static void OnDemand(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName(Names);
        agent.Field($"private {load.Type} {field};");
        var method = agent.Name("Model", "Instance", "Loaded");
        agent.Method(agent.Pick(
            $"public {load.Type} {method}() => {field} ??= {load.Expression};{load.Marks}",
            Code.Block($"public {load.Type} {method}()", $"if ({field} == null)", $"    {field} = {load.Expression};{load.Marks}", $"return {field};")));
    }

    /// <summary>A constructor that stores how to load, and does not load.</summary>
    private static void Deferred(AgentDraft agent)
    {
        var load = HeavyLoad.Any(agent);
        var field = agent.FieldName("factory", "opener", "source");
        agent.Field($"private readonly Func<{load.Type}> {field};");
        agent.Construct($"{field} = () => {load.Expression};{load.Marks}");
        agent.Method($"public {load.Type} {agent.Name("Create", "Build")}() => {field}();");
    }

    private static void CheapStatics(AgentDraft agent)
    {
        agent.Use("Fleet.Shared");
        agent.Field($"private static readonly Dictionary<string, int> {agent.FieldName("ranks", "weights", "grades")} = new() {{ [\"low\"] = 1, [\"mid\"] = {agent.Number(2, 9)} }};");
        agent.Field($"private static readonly Palette {agent.FieldName("palette", "tones")} = Palette.Create({agent.Number(2, 16)});");
        agent.Field($"private readonly PhraseIndex {agent.FieldName("empty", "phrases")} = new();");
        agent.Field($"private readonly object {agent.FieldName("mutex", "latch")} = new();");
    }

    private static void DataByMethod(AgentDraft agent)
    {
        agent.Use("System.IO", "System.Text.Json");
        agent.Method(Code.Block($"public int {agent.Name("Recount", "Rebuild")}(string path)", "var entries = JsonSerializer.Deserialize<List<string>>(File.ReadAllText(path));", "return entries.Count;"));
    }
}
