using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>Tells how to take a run's part out of a file that someone has worked on since.</summary>
internal static class MergeAdvice
{
    private const string ThenLeave = "then roll back again and leave this file as it is";

    /// <param name="layout">Where the copies lie.</param>
    /// <param name="file">The file.</param>
    /// <param name="exists">Whether it exists now.</param>
    /// <param name="steps">What the run did to it, in order.</param>
    public static SnapshotProblem For(StoreLayout layout, string file, bool exists, ImmutableArray<JournalEntry> steps)
    {
        var before = steps[0].Before?.Hash;
        var after = steps[^1].After?.Hash;
        var nextStep = exists && steps.All(step => step is { Before: not null, After: not null })
            ? $"merge it at the root with: {string.Join(" && ", Unbroken(steps).Reverse().Select(part => Command(layout, file, part)))}; {ThenLeave}"
            : before is null ? $"the run created it: keep or delete it; {ThenLeave}"
            : $"the original lies in {layout.ShownObject(before)}: copy what you need of it; {ThenLeave}";
        return new SnapshotProblem(file, exists ? "the file was changed since the run" : "the file was deleted since the run", nextStep)
        {
            BeforeObject = layout.ShownObject(before),
            AfterObject = layout.ShownObject(after),
        };
    }

    // Where someone else wrote between two steps, each side of that is merged out on its own.
    private static IEnumerable<(string Before, string After)> Unbroken(ImmutableArray<JournalEntry> steps)
    {
        var (before, after) = (steps[0].Before!.Hash, steps[0].After!.Hash);
        foreach (var step in steps.Skip(1))
        {
            if (step.Before!.Hash != after)
            {
                yield return (before, after);
                before = step.Before.Hash;
            }

            after = step.After!.Hash;
        }

        yield return (before, after);
    }

    private static string Command(StoreLayout layout, string file, (string Before, string After) part) =>
        $"git merge-file {Quoted(file)} {layout.ShownObject(part.After)} {layout.ShownObject(part.Before)}";

    private static string Quoted(string file) =>
        file.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-') ? file : $"'{file.Replace("'", "'\\''")}'";
}
