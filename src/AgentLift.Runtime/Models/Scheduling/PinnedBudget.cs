namespace AgentLift.Runtime.Models;

/// <summary>Whether pinned models have room beside each other. They are given to devices as the scheduler would: largest first, each to the first device with room.</summary>
internal static class PinnedBudget
{
    /// <summary>What is wrong; <see langword="null"/> where all have room.</summary>
    public static string? Failure(IEnumerable<ModelSlot> pinned, IReadOnlyList<DeviceLedger> ledgers)
    {
        var left = ledgers.ToDictionary(ledger => ledger.Device, ledger => ledger.Budget);
        foreach (var slot in pinned.Distinct().OrderByDescending(BytesOf))
        {
            if (slot.Rungs[0].Ledgers.FirstOrDefault(ledger => left[ledger.Device] >= BytesOf(slot)) is not { } ledger)
            {
                return $"Pinned model {slot.Name} of {slot.Manager} takes {BytesOf(slot):N0} bytes, and beside the other pinned models there are "
                    + $"{string.Join(", ", slot.Rungs[0].Ledgers.Select(device => $"{left[device.Device]:N0} of {device.Budget:N0} bytes of {device.Device}"))}; "
                    + $"unpin one, or raise {ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Devices)}.";
            }

            left[ledger.Device] -= BytesOf(slot);
        }

        return null;
    }

    private static long BytesOf(ModelSlot slot) => slot.Size.In(slot.Definition.Precision) ?? 0;
}
