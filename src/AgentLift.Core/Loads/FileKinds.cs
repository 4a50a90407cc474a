namespace AgentLift.Core.Loads;

/// <summary>What a file holds, judged by its ending.</summary>
internal static class FileKinds
{
    private static readonly string[] Settings =
        [".json", ".ini", ".cfg", ".conf", ".config", ".yaml", ".yml", ".toml", ".xml", ".env", ".properties"];

    private static readonly string[] Small =
        [".pfx", ".p12", ".pem", ".cer", ".crt", ".key", ".pub", ".png", ".ico", ".gif", ".html", ".htm", ".css", ".js", ".sql", ".pid", ".lock", ".md"];

    private static readonly string[] ModelsAndTables =
    [
        ".onnx", ".pt", ".pth", ".gguf", ".ggml", ".safetensors", ".pb", ".tflite", ".h5", ".hdf5", ".caffemodel", ".weights", ".engine", ".mlmodel", ".joblib",
        ".npz", ".npy", ".bin", ".dat", ".vec", ".emb", ".idx", ".index", ".model", ".parquet", ".arrow", ".csv", ".tsv", ".jsonl", ".ndjson",
    ];

    /// <summary>A model, weights or a table of data.</summary>
    public static bool IsModelOrTable(string? path) => HasEnding(path, ModelsAndTables);

    public static bool IsSettings(string? path) => HasEnding(path, Settings);

    /// <summary>A file that is small by its nature: settings, keys, certificates, icons.</summary>
    public static bool IsSmall(string? path) => HasEnding(path, Settings) || HasEnding(path, Small);

    private static bool HasEnding(string? path, string[] endings) =>
        path is not null && endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
