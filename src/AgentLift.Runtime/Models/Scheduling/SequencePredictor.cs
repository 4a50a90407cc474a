namespace AgentLift.Runtime.Models;

/// <summary>Learns which model is used after which: a Markov chain of the first order, in which older uses count less.</summary>
internal sealed class SequencePredictor
{
    private const double Decay = 0.95;
    private const double LeastShare = 0.5;
    private const double LeastWeight = 2;

    private readonly Dictionary<ModelSlot, Dictionary<ModelSlot, double>> successors = [];
    private ModelSlot? last;

    /// <summary>The model that mostly follows the one that was used last; <see langword="null"/> where none follows it in half of the cases.</summary>
    public ModelSlot? Next
    {
        get
        {
            if (last is null || !successors.TryGetValue(last, out var next) || next.Count == 0)
                return null;
            var (slot, weight) = next.MaxBy(pair => pair.Value);
            return weight >= LeastWeight && weight >= LeastShare * next.Values.Sum() ? slot : null;
        }
    }

    /// <summary>Notes a use. Uses of one model in a row are one.</summary>
    /// <returns>Whether another model was used before.</returns>
    public bool Used(ModelSlot slot)
    {
        if (slot == last)
            return false;
        if (last is not null)
        {
            if (!successors.TryGetValue(last, out var next))
                successors[last] = next = [];
            foreach (var other in next.Keys)
                next[other] *= Decay;
            next[slot] = next.GetValueOrDefault(slot) + 1;
        }

        last = slot;
        return true;
    }
}
