namespace Fleet.Vendor;

/// <summary>The operators of a tensor library: each schema parsed, its kernel entered for every key that it is dispatched by.</summary>
internal sealed class OperatorRegistry
{
    private static readonly string[] Keys = { "CPU", "Meta", "Quantized", "Sparse", "Autograd", "Autocast", "Batched", "Functionalize" };
    private static readonly string[] Types = { "Tensor", "Tensor?", "Scalar", "int[]", "int?", "bool", "float", "ScalarType?", "Device?", "Generator?" };
    private readonly Dictionary<string, List<string>> kernels = new Dictionary<string, List<string>>();

    public OperatorRegistry(int operators)
    {
        for (var op = 0; op < operators; op++)
            Register(SchemaOf(op));
    }

    public int Kernels => kernels.Count;

    private static string SchemaOf(int op)
    {
        var parameters = new List<string>();
        for (var p = 0; p <= op % 7; p++)
            parameters.Add(Types[(op + (p * 3)) % Types.Length] + " arg" + p + (p > 3 ? "=None" : ""));
        return "aten::op" + op + "(" + string.Join(", ", parameters) + ") -> Tensor";
    }

    private void Register(string schema)
    {
        var open = schema.IndexOf('(');
        var name = schema.Substring(0, open);
        var arguments = schema.Substring(open + 1, schema.LastIndexOf(')') - open - 1).Split(", ");
        foreach (var key in Keys)
        {
            var types = new List<string>();
            foreach (var argument in arguments)
                types.Add(argument.Split(' ')[0]);
            kernels[key + "/" + name] = types;
        }
    }
}
