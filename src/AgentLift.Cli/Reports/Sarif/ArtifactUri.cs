namespace AgentLift.Cli.Reports.Sarif;

/// <summary>Paths as the URIs that SARIF wants (RFC 3986).</summary>
internal static class ArtifactUri
{
    /// <summary>Percent-encodes a path with forward slashes, segment by segment; a rooted path becomes a <c>file</c> URI.</summary>
    /// <returns>The URI, and whether it is relative to the target's folder.</returns>
    public static (string Uri, bool Relative) Of(string path)
    {
        var slashed = path.Replace('\\', '/');
        if (slashed.StartsWith('/'))
            return ("file://" + Encode(slashed), false);
        if (slashed.Length > 2 && char.IsAsciiLetter(slashed[0]) && slashed[1] == ':' && slashed[2] == '/')
            return ($"file:///{slashed[..2]}{Encode(slashed[2..])}", false);
        return (Encode(slashed), true);
    }

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
