namespace AgentLift.Core.Rules;

#pragma warning disable CS1591 // Each constant is the id of the rule of that name; RuleTable says what it means.

/// <summary>The ids of all rules, by rule name.</summary>
public static class RuleIds
{
    public const string UnusableDataFile = "AGL0000";
    public const string LowRiskAgent = "AGL0001";
    public const string MediumRiskAgent = "AGL0002";
    public const string HighRiskAgent = "AGL0003";
    public const string CriticalRiskAgent = "AGL0004";
    public const string OptimizationCandidate = "AGL0005";
    public const string StaleMigrationMarker = "AGL0006";

    public const string NotABaseAgent = "AGL1001";
    public const string HandRolledHealthCheck = "AGL1002";
    public const string HandRolledConfiguration = "AGL1003";
    public const string ConsoleLogging = "AGL1004";
    public const string HandRolledShutdown = "AGL1005";
    public const string HandRolledServiceLookup = "AGL1006";

    public const string ManualThread = "AGL2001";
    public const string UnsupervisedTask = "AGL2002";
    public const string SleepPolling = "AGL2003";
    public const string UnstoppableLoop = "AGL2004";
    public const string ManualTimer = "AGL2005";
    public const string ThreadAbort = "AGL2006";
    public const string AsyncVoid = "AGL2007";
    public const string BlockingOnTask = "AGL2008";
    public const string RacyStopFlag = "AGL2009";

    public const string RawListener = "AGL3001";
    public const string RawClientWithoutTimeout = "AGL3002";
    public const string MessageQueueSocket = "AGL3003";
    public const string HardCodedEndpoint = "AGL3004";
    public const string UnsafeDeserialization = "AGL3005";

    public const string EagerHeavyField = "AGL4001";
    public const string EagerHeavyConstructor = "AGL4002";
    public const string EagerHeavyStaticInit = "AGL4003";
    public const string DuplicateModelLoad = "AGL4004";

    public const string LifetimeConnection = "AGL5001";
    public const string ConnectionPerCall = "AGL5002";
    public const string MultipleDatabases = "AGL5003";

    public const string UnmanagedModelLoad = "AGL6001";
    public const string LeakedTensor = "AGL6002";
    public const string NoMemoryBudget = "AGL6003";
    public const string ManualMemoryManagement = "AGL6004";

    public const string AgentNotPartial = "AGL7001";
    public const string LazyMemberOutsideAgent = "AGL7002";
    public const string LazyMemberNotPartial = "AGL7003";
    public const string LazyMemberForm = "AGL7004";
    public const string StaticLazyMember = "AGL7005";
    public const string LoadMethodMissing = "AGL7006";
    public const string LoadMethodMismatch = "AGL7007";
    public const string AsyncLoadOfProperty = "AGL7008";
    public const string NothingToLoadWith = "AGL7009";
    public const string LazyOptionOutOfRange = "AGL7010";
    public const string DuplicateLazyName = "AGL7011";
    public const string DependenciesDeclaredByHand = "AGL7012";
    public const string HiddenAgent = "AGL7020";
    public const string UnconstructibleAgent = "AGL7021";
    public const string DuplicateAgentName = "AGL7022";
    public const string UnboundOptions = "AGL7023";

    public const string ManagerNotPartial = "AGL7030";
    public const string ManagerForm = "AGL7031";
    public const string ModelOutsideManager = "AGL7032";
    public const string ModelForm = "AGL7033";
    public const string DuplicateModelName = "AGL7034";
    public const string ModelOptionOutOfRange = "AGL7035";
    public const string UnknownModelDevice = "AGL7036";
    public const string ModelMethodMissing = "AGL7037";
    public const string ModelMethodMismatch = "AGL7038";
    public const string ModelLoaderMismatch = "AGL7039";
    public const string NoModelLoader = "AGL7040";
    public const string TorchSharpMissing = "AGL7041";
    public const string ModelsFileMissing = "AGL7042";
    public const string ModelsFileUnusable = "AGL7043";
}
