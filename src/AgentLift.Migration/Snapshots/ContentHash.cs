using System.Security.Cryptography;

namespace AgentLift.Migration.Snapshots;

/// <summary>The name of bytes in the store.</summary>
public static class ContentHash
{
    /// <summary>The SHA-256 of some bytes as 64 lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
