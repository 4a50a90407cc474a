using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AgentLift.Migration.Snapshots;

/// <summary>
/// The write-ahead journal of one run: a record a line, each with a checksum. A last line that is torn was never
/// acted upon, so it is ignored, and cut off before the next one is written.
/// </summary>
internal sealed class Journal(IDisk disk, StoreLayout layout, string path)
{
    private long? length;
    private int last;

    /// <summary>The number of the next transaction or rollback.</summary>
    public int NextTransaction()
    {
        Load();
        return last + 1;
    }

    /// <exception cref="SnapshotException">The record could not be written; whether it counts is known when the journal is read again.</exception>
    public void Append(JournalRecord record)
    {
        try
        {
            Load();
            if (new FileInfo(path).Length > length)
                disk.Truncate(path, length!.Value);

            var line = LineOf(record);
            var after = length + line.Length;
            // Unknown until the line is known to be whole.
            length = null;
            disk.Append(path, line);
            length = after;
            last = Math.Max(last, record is BeginRecord begin ? begin.Transaction : 0);
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw DiskFailure.Of(layout.Shown(path), failure);
        }
    }

    /// <summary>The records of a journal and the number of bytes that they take.</summary>
    /// <exception cref="SnapshotException">A line other than the last one is damaged, or the file cannot be read.</exception>
    /// <exception cref="DirectoryNotFoundException">The run is gone.</exception>
    public static (ImmutableArray<JournalRecord> Records, long Length) Read(StoreLayout layout, string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception failure) when (DiskFailure.Is(failure) && failure is not DirectoryNotFoundException)
        {
            throw Damaged(layout, path, $"the journal cannot be read: {failure.Message}");
        }

        var records = ImmutableArray.CreateBuilder<JournalRecord>();
        var start = 0;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = bytes.AsMemory(start, end);
            if (RecordOf(line) is { } record)
                records.Add(record);
            else if (start + end + 1 == bytes.Length)
                break;
            else
                throw Damaged(layout, path, $"line {records.Count + 1} of the journal is damaged");
            start += end + 1;
        }

        return (records.ToImmutable(), start);
    }

    private void Load()
    {
        if (length is not null)
            return;

        (var records, length) = Read(layout, path);
        last = records.OfType<BeginRecord>().Select(begin => begin.Transaction).DefaultIfEmpty().Max();
    }

    private static byte[] LineOf(JournalRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, StoreJson.Options);
        return Encoding.UTF8.GetBytes($$"""{"sum":"{{SumOf(json)}}","record":{{Encoding.UTF8.GetString(json)}}}""" + "\n");
    }

    private static JournalRecord? RecordOf(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement.GetProperty("record");
            return SumOf(Encoding.UTF8.GetBytes(record.GetRawText())) == document.RootElement.GetProperty("sum").GetString()
                ? record.Deserialize<JournalRecord>(StoreJson.Options)
                : null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string SumOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 8));

    private static SnapshotException Damaged(StoreLayout layout, string path, string message) =>
        new(new SnapshotProblem(
            layout.Shown(path), message, "bring the file back from a back-up; if the run need not be taken back, move its folder away"));
}
