namespace AgentLift.Runtime;

/// <summary>How the weights of a model are kept on its device.</summary>
public enum ModelPrecision
{
    /// <summary>As they are in the file.</summary>
    AsStored = 0,

    /// <summary>16-bit floating point: half the bytes of 32-bit weights.</summary>
    Half = 1,

    /// <summary>16-bit brain floating point: half the bytes of 32-bit weights, with their range.</summary>
    BFloat16 = 2,
}

/// <summary>What is tried when a device has no memory for a model, after other models have made room; in the order of the members.</summary>
[Flags]
public enum ModelFallback
{
    /// <summary>Nothing: the load fails.</summary>
    None = 0,

    /// <summary>The model is loaded in half precision.</summary>
    HalfPrecision = 1,

    /// <summary>The model is loaded into the memory of the host.</summary>
    Cpu = 2,
}
