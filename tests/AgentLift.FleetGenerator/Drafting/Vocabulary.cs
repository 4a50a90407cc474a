namespace AgentLift.FleetGenerator.Drafting;

/// <summary>
/// Words that names are made of. None of them holds a word by which a rule recognises something (health, port, host, node,
/// peer, route, agent, worker, budget, limit and so on): those come from pieces only.
/// </summary>
internal static class Vocabulary
{
    public static readonly string[] Nouns =
    [
        "order", "invoice", "lesson", "parcel", "sensor", "quote", "ticket", "speech", "face", "photo", "ledger", "stock", "refund",
        "vocabulary", "grammar", "essay", "camera", "meter", "harvest", "weather", "tide", "cargo", "crew", "fare", "menu", "recipe",
        "patient", "dosage", "sample", "assay", "track", "signal", "pulse", "echo", "glyph", "token", "phrase", "query", "shelf",
        "basket", "coupon", "voucher", "claim", "policy", "deed", "survey", "poll", "ballot", "match", "score", "league", "pitch",
        "melody", "chord", "caption", "subtitle", "draft", "margin", "tariff", "duty", "permit", "badge", "locker", "garage", "engine",
    ];

    public static readonly string[] Suffixes =
    [
        "Agent", "Service", "Manager", "Worker", "Server", "Hub", "Responder", "Processor", "Coordinator", "Orchestrator", "Monitor", "Bot", "Daemon",
    ];

    /// <summary>Ends of names that speak neither for long-running work nor for a library that others call (such as Reader or Client).</summary>
    public static readonly string[] PlainEndings =
    [
        "Intake", "Desk", "Ticker", "Watch", "Keeper", "Steward", "Collector", "Mill", "Gate", "Runner", "Feed", "Clerk", "Relay", "Engine",
    ];

    /// <summary>Middles that would exclude a class if its agent suffix did not speak for it.</summary>
    public static readonly string[] DoubtfulMiddles = ["Session", "Connection", "Pool", "Transport", "Socket"];

    public static readonly string[] Groups =
    [
        "Intake", "Billing", "Teaching", "Vision", "Hearing", "Logistics", "Trading", "Care", "Sensing", "Archive", "Search", "Dispatch",
    ];
}
