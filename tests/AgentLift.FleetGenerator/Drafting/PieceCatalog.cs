using System.Collections.Immutable;
using AgentLift.FleetGenerator.Pieces;

namespace AgentLift.FleetGenerator.Drafting;

/// <summary>All pieces.</summary>
internal static class PieceCatalog
{
    public static ImmutableArray<Piece> All { get; } =
    [
        .. LoopPieces.All, .. LoopDecoys.All, .. TimerPieces.All, .. AsyncPieces.All,
        .. TcpListenerPieces.All, .. OtherListenerPieces.All, .. ClientPieces.All, .. MessagePieces.All,
        .. HeavyPieces.All, .. DataPieces.All, .. GpuPieces.All, .. HealthPieces.All, .. InfrastructurePieces.All,
    ];

    /// <summary>Pieces that make an agent of a class whatever its name.</summary>
    public static ImmutableArray<Piece> StrongOwners { get; } = [.. All.Where(piece => piece.Role == PieceRole.Owner && !piece.Name.Contains("timer", StringComparison.Ordinal))];

    public static ImmutableArray<Piece> Owners { get; } = [.. All.Where(piece => piece.Role == PieceRole.Owner)];

    public static ImmutableArray<Piece> Patterns { get; } = [.. All.Where(piece => piece.Role == PieceRole.Pattern)];

    public static ImmutableArray<Piece> Decoys { get; } = [.. All.Where(piece => piece.Role == PieceRole.Decoy)];
}
