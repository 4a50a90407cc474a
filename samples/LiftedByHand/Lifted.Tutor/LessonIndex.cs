using Fleet.Shared;

namespace Lifted.Tutor;

/// <summary>The lessons by what they are about.</summary>
internal sealed class LessonIndex
{
    private const double PenaltyForSkippedLevel = 0.15;

    private readonly EmbeddingTable embeddings;
    private readonly (LessonOptions Lesson, float[] Vector)[] lessons;

    /// <param name="embeddings">What words mean.</param>
    /// <param name="lessons">The lessons.</param>
    public LessonIndex(EmbeddingTable embeddings, IEnumerable<LessonOptions> lessons)
    {
        this.embeddings = embeddings;
        this.lessons = [.. lessons.Select(lesson => (lesson, embeddings.Embed(lesson.Title)))];
    }

    public int Words => embeddings.Count;

    /// <summary>The lesson closest to an interest that is not passed yet, preferably with no level skipped; <see langword="null"/> where all are passed.</summary>
    public (LessonOptions Lesson, double Match)? Next(string interest, HashSet<string> passed)
    {
        var wanted = embeddings.Embed(interest);
        (LessonOptions Lesson, double Match)? best = null;
        foreach (var (lesson, vector) in lessons)
        {
            if (passed.Contains(lesson.Id))
                continue;
            var skipped = Math.Max(0, lesson.Level - LevelReached(lesson.Id[..3], passed) - 1);
            var match = Vec.Cosine(wanted, vector) - (PenaltyForSkippedLevel * skipped);
            if (best is null || match > best.Value.Match)
                best = (lesson, match);
        }

        return best;
    }

    /// <summary>How close two texts are, -1 to 1.</summary>
    public double Similarity(string a, string b) => Vec.Cosine(embeddings.Embed(a), embeddings.Embed(b));

    private int LevelReached(string subject, HashSet<string> passed) => lessons
        .Where(entry => entry.Lesson.Id.StartsWith(subject, StringComparison.Ordinal) && passed.Contains(entry.Lesson.Id))
        .Select(entry => entry.Lesson.Level)
        .DefaultIfEmpty(0)
        .Max();
}
