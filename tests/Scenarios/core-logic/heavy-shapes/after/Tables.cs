using System;
using System.Collections.Generic;

namespace Fleet.Tables
{
    public sealed class EmbeddingTable : IDisposable
    {
        public EmbeddingTable()
        {
        }

        public EmbeddingTable(string path) => Path = path;

        public string Path { get; } = "";

        public int Count => Path.Length;

        public List<string> Words { get; } = [];

        public static EmbeddingTable Load(string path) => new(path);

        public void Dispose()
        {
        }
    }
}
