using TorchSharp.StandIn;

namespace TorchSharp.Modules;

public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.Native.Shared())
    {
    }

    internal Parameter(NativeTensor native, bool isScoped)
        : base(native, isScoped)
    {
    }
}
