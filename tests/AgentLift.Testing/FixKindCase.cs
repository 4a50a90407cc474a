namespace AgentLift.Testing;

/// <summary>A legacy agent with one finding of a rule, and whether a safe fix of that place would be sound.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Members">Members of the agent beside its Start, its Stop and the flag of its loop.</param>
/// <param name="Start">What its Start does.</param>
/// <param name="Stop">What its Stop does.</param>
/// <param name="Obstacle">Why no fix would be sound; <see langword="null"/> where a stage lifts it.</param>
public sealed record FixKindCase(string RuleId, string Members, string Start, string Stop, string? Obstacle)
{
    /// <summary>The agent, with what it needs to compile.</summary>
    public string Source => $$"""
        using Microsoft.Data.Sqlite;

        namespace Fleet
        {
            public class PumpAgent
            {
                private volatile bool _running;
                {{Members}}

                public void Start()
                {
                    _running = true;
                    {{Start}}
                }

                public void Stop()
                {
                    _running = false;
                    {{Stop}}
                }
            }
        }

        namespace Microsoft.Data.Sqlite
        {
            public sealed class SqliteConnection(string text) : IDisposable
            {
                public string Text { get; } = text;
                public void Open() { }
                public SqliteCommand CreateCommand() => new();
                public IDisposable BeginTransaction() => this;
                public void Dispose() { }
            }

            public sealed class SqliteCommand : IDisposable
            {
                public string CommandText { get; set; } = "";
                public int ExecuteNonQuery() => 0;
                public void Dispose() { }
            }
        }
        """;

    /// <inheritdoc/>
    public override string ToString() => $"{RuleId}: {Obstacle ?? Start + Members}";
}
