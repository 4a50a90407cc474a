using AgentLift.Runtime;
using Fleet.Tables;

namespace Fleet;

/// <summary>A primary constructor, generic, and nested.</summary>
internal static partial class Agents
{
    [LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
    public sealed partial class TutorAgent<TLesson>(AgentContext context, string folder) : BaseAgent(context)
        where TLesson : class
    {
        [LazyDependency(nameof(LoadLessons), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Lessons { get; }

        private EmbeddingTable LoadLessons() => EmbeddingTable.Load(Path.Combine(folder, "lessons.bin"));

        private static readonly Lazy<EmbeddingTable> Shared = new(() => EmbeddingTable.Load("data/shared.bin"));

        public TLesson Last { get; private set; }

        public static int Known => Shared.Value.Count;

        public int Find(IEnumerable<string> words) => words.Count(word => Lessons.Words.Contains(word));

        public void Keep(TLesson lesson)
        {
            Last = lesson;
            if (Lessons is { Count: > 3 } lessons)
                lessons.Words.Add($"{nameof(Lessons)} {Lessons.Count,3}");
        }
    }

    [LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
    public sealed partial class HomeworkAgent(AgentContext context) : BaseAgent(context)
    {
        // target-typed, on two lines
        [LazyDependency(nameof(LoadHomework), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable LoadedHomework { get; }

        private static EmbeddingTable LoadHomework() => new("data/homework.bin");

        public EmbeddingTable Homework() => LoadedHomework;
    }
}
