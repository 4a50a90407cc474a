namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
#if !TORCHSHARP_0_99
    MPS = 13,
#endif
    META = 14,
}
