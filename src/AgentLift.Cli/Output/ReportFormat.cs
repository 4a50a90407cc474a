namespace AgentLift.Cli.Output;

/// <summary>The forms that a report can take.</summary>
internal enum ReportFormat
{
    /// <summary>A table for a terminal.</summary>
    Table = 0,

    /// <summary>JSON, with a schema.</summary>
    Json = 1,

    /// <summary>SARIF 2.1.0 for editors and code scanning.</summary>
    Sarif = 2,

    /// <summary>One HTML file.</summary>
    Html = 3,

    /// <summary>Markdown for reviews and wikis.</summary>
    Markdown = 4,
}
