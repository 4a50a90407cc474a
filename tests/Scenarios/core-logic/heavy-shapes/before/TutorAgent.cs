using AgentLift.Runtime;
using Fleet.Tables;

namespace Fleet;

/// <summary>A primary constructor, generic, and nested.</summary>
internal static class Agents
{
    public sealed class TutorAgent<TLesson>(AgentContext context, string folder) : BaseAgent(context)
        where TLesson : class
    {
        private readonly EmbeddingTable _lessons = EmbeddingTable.Load(Path.Combine(folder, "lessons.bin"));
        private static readonly EmbeddingTable Shared = EmbeddingTable.Load("data/shared.bin");

        public TLesson Last { get; private set; }

        public static int Known => Shared.Count;

        public int Find(IEnumerable<string> words) => words.Count(word => _lessons.Words.Contains(word));

        public void Keep(TLesson lesson)
        {
            Last = lesson;
            if (_lessons is { Count: > 3 } lessons)
                lessons.Words.Add($"{nameof(_lessons)} {_lessons.Count,3}");
        }
    }

    public sealed class HomeworkAgent(AgentContext context) : BaseAgent(context)
    {
        // target-typed, on two lines
        private readonly EmbeddingTable _homework =
            new("data/homework.bin");

        public EmbeddingTable Homework() => _homework;
    }
}
