namespace AgentLift.Runtime.Models.Memory;

/// <summary>A GPU as its driver lists it.</summary>
/// <param name="Uuid">What it is called for ever, as <c>GPU-8932f937-d72c-4106-c12f-20bd9faed9f6</c>.</param>
/// <param name="Name">Its make.</param>
/// <param name="BusId">Where it is plugged in, as <c>00000000:3B:00.0</c>: text that sorts as the place does.</param>
/// <param name="TotalBytes">Its memory; <see langword="null"/> where it has none of its own, or the driver does not tell.</param>
/// <param name="IsPartitioned">Whether it is divided into instances (MIG): programs use one of them, and never the GPU as a whole.</param>
/// <param name="Instances">The UUIDs of its instances, as <c>MIG-...</c>; empty where it is not partitioned, or the driver does not list them.</param>
internal sealed record Gpu(string Uuid, string Name, string BusId, long? TotalBytes, bool IsPartitioned, IReadOnlyList<string> Instances);
