using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static AgentLift.Core.Rules.FixKind;
using static AgentLift.Core.Rules.MigrationStage;

namespace AgentLift.Core.Rules;

/// <summary>All rules of SPEC section 2, in the order of their ids.</summary>
public static class RuleTable
{
    /// <summary>Every rule.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new(RuleIds.UnusableDataFile, "UnusableDataFile", "A data file cannot be used",
            "'{0}' cannot be used: {1}; {2}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Warning),
        new(RuleIds.LowRiskAgent, "LowRiskAgent", "The agent is of low risk to lift",
            "'{0}' is a legacy agent of low risk, score {1}: {2}; lift all stages in one go", MigrationStage.None, FixKind.None),
        new(RuleIds.MediumRiskAgent, "MediumRiskAgent", "The agent is of medium risk to lift",
            "'{0}' is a legacy agent of medium risk, score {1}: {2}; lift stage by stage and verify after each", MigrationStage.None, FixKind.None),
        new(RuleIds.HighRiskAgent, "HighRiskAgent", "The agent is of high risk to lift",
            "'{0}' is a legacy agent of high risk, score {1}: {2}; lift stage by stage with old and new side by side", MigrationStage.None, FixKind.None, DiagnosticSeverity.Warning),
        new(RuleIds.CriticalRiskAgent, "CriticalRiskAgent", "The agent is of critical risk to lift",
            "'{0}' is a legacy agent of critical risk, score {1}: {2}; let a person decide each step", MigrationStage.None, FixKind.None, DiagnosticSeverity.Warning),
        new(RuleIds.OptimizationCandidate, "OptimizationCandidate", "The agent starts faster with lazy dependencies",
            "'{0}' is an optimisation candidate, score {1} of 10 ({2} potential, {3} risk): {4}", MigrationStage.None, FixKind.None),
        new(RuleIds.StaleMigrationMarker, "StaleMigrationMarker", "The migration marker is contradicted by the code",
            "'{0}' is marked as lifted to {1}, but {2}; finish that stage or lower the marker", MigrationStage.None, Safe),

        new(RuleIds.NotABaseAgent, "NotABaseAgent", "An agent runs outside BaseAgent",
            "'{0}' does long-running work outside BaseAgent ({1}); derive it from BaseAgent", Infrastructure, Assisted),
        new(RuleIds.HandRolledHealthCheck, "HandRolledHealthCheck", "An agent answers for its own health by hand",
            "'{0}' is a hand-rolled health check; move it to CheckHealthAsync", Infrastructure, Assisted),
        new(RuleIds.HandRolledConfiguration, "HandRolledConfiguration", "An agent reads and parses its own settings",
            "'{0}' reads settings inside the agent; bind them to an options class", Infrastructure, Assisted),
        new(RuleIds.ConsoleLogging, "ConsoleLogging", "The console is used as the agent's log",
            "'{0}' writes the agent's log to {1}; write it through ILogger", Infrastructure, Safe),
        new(RuleIds.HandRolledShutdown, "HandRolledShutdown", "An agent handles process exit itself",
            "'{0}' handles process exit inside the agent; leave it to the host's lifetime", Infrastructure, Safe),
        new(RuleIds.HandRolledServiceLookup, "HandRolledServiceLookup", "An agent keeps its own table of other agents' addresses",
            "'{0}' is the agent's own table of addresses; look agents up in IAgentDirectory", Infrastructure, Assisted),

        new(RuleIds.ManualThread, "ManualThread", "A thread is started by hand",
            "'{0}' runs on a thread of its own; let BaseAgent run it with RunSupervised", CoreLogic, Safe),
        new(RuleIds.UnsupervisedTask, "UnsupervisedTask", "Work is started and forgotten",
            "'{0}' starts work that nobody observes; let BaseAgent run it with RunSupervised", CoreLogic, Safe),
        new(RuleIds.SleepPolling, "SleepPolling", "A loop sleeps on its thread",
            "'{0}' polls with Thread.Sleep; use RunPeriodically or an awaited delay with a token", CoreLogic, Safe),
        new(RuleIds.UnstoppableLoop, "UnstoppableLoop", "An endless loop cannot be stopped",
            "'{0}' loops for ever and nothing can stop it; check a CancellationToken", CoreLogic, Safe),
        new(RuleIds.ManualTimer, "ManualTimer", "A timer is run by hand",
            "'{0}' is a timer that the agent runs by hand; use RunPeriodically", CoreLogic, Safe),
        new(RuleIds.ThreadAbort, "ThreadAbort", "A thread is interfered with from outside",
            "'{0}' stops a thread at an arbitrary point; stop its loop with a CancellationToken", CoreLogic, FixKind.None, DiagnosticSeverity.Warning),
        new(RuleIds.AsyncVoid, "AsyncVoid", "An async void method loses its exceptions",
            "'{0}' is async void, so its failure ends the process unobserved; return Task", CoreLogic, Safe),
        new(RuleIds.BlockingOnTask, "BlockingOnTask", "A thread blocks on a task",
            "'{0}' blocks a thread until a task is done; await the task", CoreLogic, Safe),
        new(RuleIds.RacyStopFlag, "RacyStopFlag", "A stop flag is shared between threads without a memory barrier",
            "'{0}' is written by one thread and read by the loop of another without a barrier; use a CancellationToken", CoreLogic, Safe),

        new(RuleIds.RawListener, "RawListener", "An agent listens on a raw socket",
            "'{0}' is a listener that the agent runs by hand; declare an endpoint of BaseAgent", Integration, Assisted),
        new(RuleIds.RawClientWithoutTimeout, "RawClientWithoutTimeout", "A raw client waits without a limit",
            "'{0}' talks to a peer without a time-out; set one or use a resilient client", Integration, Safe),
        new(RuleIds.MessageQueueSocket, "MessageQueueSocket", "An agent owns a message-queue socket",
            "'{0}' is a message-queue socket owned by the agent; use an endpoint or client of BaseAgent", Integration, Assisted),
        new(RuleIds.HardCodedEndpoint, "HardCodedEndpoint", "A host, port or connection string stands in code",
            "{0} is a hard-coded endpoint; move it to the agent's options", Integration, Safe),
        new(RuleIds.UnsafeDeserialization, "UnsafeDeserialization", "Received data is deserialised unsafely",
            "'{0}' lets received data choose the types it creates; use a serialiser with a fixed contract", Integration, FixKind.None, DiagnosticSeverity.Warning),

        new(RuleIds.EagerHeavyField, "EagerHeavyField", "A heavy dependency is loaded by an initialiser",
            "'{0}' loads {1} when the agent is created; make it a [LazyDependency]", CoreLogic, Safe),
        new(RuleIds.EagerHeavyConstructor, "EagerHeavyConstructor", "A heavy dependency is loaded by a constructor",
            "'{0}' loads {1} while the agent is constructed; make it a [LazyDependency]", CoreLogic, Safe),
        new(RuleIds.EagerHeavyStaticInit, "EagerHeavyStaticInit", "A heavy dependency is loaded by a static initialiser",
            "'{0}' loads {1} before the agent is first used; make it a [LazyDependency]", CoreLogic, Safe),
        new(RuleIds.DuplicateModelLoad, "DuplicateModelLoad", "Several agents load the same model",
            "{0} is loaded by {1}; share it through one model manager", CoreLogic, Assisted),

        new(RuleIds.LifetimeConnection, "LifetimeConnection", "A database connection is opened once and kept for life",
            "'{0}' is opened by hand and kept for the agent's life; inject a data source and open a connection for each call", Integration, Safe),
        new(RuleIds.ConnectionPerCall, "ConnectionPerCall", "A client that is meant to be shared is made for each call",
            "'{0}' is made anew for each call; inject one shared instance", Integration, Safe),
        new(RuleIds.MultipleDatabases, "MultipleDatabases", "One agent uses several kinds of store",
            "'{0}' uses {1} kinds of store ({2}); split its data access", Integration, FixKind.None),

        new(RuleIds.UnmanagedModelLoad, "UnmanagedModelLoad", "A GPU model is loaded outside a model manager",
            "'{0}' loads or moves a GPU model outside a model manager; acquire it from a [ModelManager]", Integration, Assisted),
        new(RuleIds.LeakedTensor, "LeakedTensor", "Tensors are made in a loop outside a dispose scope",
            "'{0}' makes tensors in a loop that nothing disposes; open a dispose scope inside the loop", Integration, Safe),
        new(RuleIds.NoMemoryBudget, "NoMemoryBudget", "GPU models are used without a memory budget",
            "'{0}' puts models on a GPU without a memory budget; give the model manager one", Integration, Assisted),
        new(RuleIds.ManualMemoryManagement, "ManualMemoryManagement", "GPU memory is managed by hand",
            "'{0}' manages GPU memory by hand; leave admission and eviction to the model manager", Integration, FixKind.None),

        new(RuleIds.AgentNotPartial, "AgentNotPartial", "A class with lazy dependencies is not partial",
            "'{0}' is not partial, so the body of '{1}' cannot be generated; add the modifier partial", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.LazyMemberOutsideAgent, "LazyMemberOutsideAgent", "A lazy dependency stands outside an agent",
            "'{0}' is a lazy dependency, but '{1}' does not derive from BaseAgent; derive it from BaseAgent", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.LazyMemberNotPartial, "LazyMemberNotPartial", "A lazy dependency has a body of its own",
            "'{0}' has a body of its own; declare it partial and without a body", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.LazyMemberForm, "LazyMemberForm", "A lazy dependency has a form that cannot be generated",
            "'{0}' {1}; write it as '{2}'", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.StaticLazyMember, "StaticLazyMember", "A lazy dependency is static",
            "'{0}' is static, so no agent loads and releases it; make it an instance member", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.LoadMethodMissing, "LoadMethodMissing", "The load method of a lazy dependency is missing",
            "'{0}' is to be loaded by '{1}', which '{2}' does not have; write that method or name another", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.LoadMethodMismatch, "LoadMethodMismatch", "The load method of a lazy dependency does not fit",
            "'{0}' cannot be loaded by '{1}', which {2}; {3}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.AsyncLoadOfProperty, "AsyncLoadOfProperty", "A lazy property is loaded asynchronously",
            "'{0}' is a property, so its reader would block until '{1}' has ended; declare a partial method that returns 'ValueTask<{2}>'", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.NothingToLoadWith, "NothingToLoadWith", "A lazy dependency has nothing to load it",
            "'{0}' names no load method, and '{1}' cannot be constructed without arguments; name a method that loads it", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.LazyOptionOutOfRange, "LazyOptionOutOfRange", "An option of a lazy dependency is out of range",
            "'{0}' sets {1} to {2}; give it {3}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.DuplicateLazyName, "DuplicateLazyName", "Two lazy dependencies bear the same name",
            "'{0}' is called {1}, as '{2}' is; give it a Name of its own", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.DependenciesDeclaredByHand, "DependenciesDeclaredByHand", "Lazy dependencies are declared by hand and by attribute",
            "'{0}' overrides DeclareDependencies itself, so '{1}' cannot be declared there; remove the override", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),

        new(RuleIds.ManagerNotPartial, "ManagerNotPartial", "A manager of models is not partial",
            "'{0}' is not partial, so the models of '{1}' cannot be generated; add the modifier partial", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ManagerForm, "ManagerForm", "A manager of models has a form that cannot be generated",
            "'{0}' {1}, so it cannot become a ModelManager; {2}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelOutsideManager, "ModelOutsideManager", "A model stands outside a manager of models",
            "'{0}' is a model, but '{1}' is not marked [ModelManager]; mark that class, or move the model to one that is", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelForm, "ModelForm", "A model has a form that cannot be generated",
            "'{0}' {1}; declare '{2}'", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.DuplicateModelName, "DuplicateModelName", "Two models bear the same name",
            "'{0}' is called {1}, as '{2}' is; give it a {3} of its own", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelOptionOutOfRange, "ModelOptionOutOfRange", "An option of a model is out of range",
            "'{0}' sets {1} to {2}; give it {3}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.UnknownModelDevice, "UnknownModelDevice", "A model may lie on a device that does not exist",
            "'{0}' may lie on '{1}', which is no device; write cpu, cuda:0 or mps:0", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelMethodMissing, "ModelMethodMissing", "A method that a model names is missing",
            "'{0}' names '{1}' as its {2} method, which '{3}' does not have; write that method or name another", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelMethodMismatch, "ModelMethodMismatch", "A method that a model names does not fit",
            "'{0}' cannot use '{1}' as its {2} method: it {3}; {4}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelLoaderMismatch, "ModelLoaderMismatch", "The loader of a model does not fit",
            "'{0}' cannot be loaded by '{1}', which {2}; {3}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.NoModelLoader, "NoModelLoader", "A model has nothing to load it",
            "'{0}' has nothing to load it: {1}; {2}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.TorchSharpMissing, "TorchSharpMissing", "TorchSharp is not referenced",
            "'{0}' has models of TorchSharp, which the project does not reference; add the package TorchSharp 0.101.1 or newer, or give each model a Loader", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelsFileMissing, "ModelsFileMissing", "The models file of a manager is missing",
            "'{0}' takes models from '{1}', {2}; {3}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
        new(RuleIds.ModelsFileUnusable, "ModelsFileUnusable", "A models file cannot be used",
            "'{0}' cannot be used: {1}; {2}", MigrationStage.None, FixKind.None, DiagnosticSeverity.Error),
    ];

    private static readonly ImmutableDictionary<string, Rule> ById = All.ToImmutableDictionary(rule => rule.Id);

    /// <summary>The rule with that id.</summary>
    /// <exception cref="KeyNotFoundException">No rule has that id.</exception>
    public static Rule Get(string id) => ById[id];

    /// <summary>Looks a rule up by id.</summary>
    public static bool TryGet(string id, out Rule rule) => ById.TryGetValue(id, out rule!);
}
