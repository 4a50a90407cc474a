using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lifted.Tutor;

/// <summary>Says which lesson a student should take next, and keeps the scores. One request a line, one answer a line.</summary>
[Agent("tutor")]
[LiftedAgent(MigrationStage.Integration)]
internal sealed partial class TutorAgent : BaseAgent
{
    private const string UnknownCommand = """{"ok":false,"error":"unknown command"}""";
    private const string BadRequest = """{"ok":false,"error":"bad request"}""";

    private readonly TutorOptions options;
    private readonly LessonStore store;
    private readonly LazyDependency<LessonIndex> index;
    private readonly AgentClient registry;

    public TutorAgent(AgentContext context, IOptions<TutorOptions> options, LessonStore store)
        : base(context)
    {
        this.options = options.Value;
        this.store = store;
        index = DeclareDependency("lesson index", LoadIndexAsync, new LazyDependencyOptions { Warmup = LazyWarmup.AfterReady });
        registry = ConnectTo("service-registry");
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        store.Reset();
        ListenLines("requests", AnswerAsync);
        RunPeriodically("review", TimeSpan.FromSeconds(options.ReviewSeconds), ReviewAsync);
        RunSupervised("register", RegisterAsync, RestartPolicy.Once);
        return ValueTask.CompletedTask;
    }

    private ValueTask<LessonIndex> LoadIndexAsync(CancellationToken cancellationToken)
    {
        var loaded = new LessonIndex(EmbeddingTable.Load(options.EmbeddingsFile, cancellationToken), options.Lessons);
        LogIndexed(options.Lessons.Count, loaded.Words);
        return ValueTask.FromResult(loaded);
    }

    private async ValueTask<string?> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var request = document.RootElement;
            return request.GetProperty("cmd").GetString() switch
            {
                "health" => Json(new HealthAnswer(Ok: true, Name, options.Lessons.Count), TutorJson.Default.HealthAnswer),
                "lesson" => NextLesson(await index.GetAsync(cancellationToken), TextOrNull(request, "student"), Text(request, "interest")),
                "score" => Score(TextOrNull(request, "student"), TextOrNull(request, "lesson"), request.GetProperty("score").GetDouble()),
                "progress" => Progress(TextOrNull(request, "student")),
                "similar" => Similarity(await index.GetAsync(cancellationToken), Text(request, "a"), Text(request, "b")),
                _ => UnknownCommand,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return BadRequest;
        }
    }

    private string NextLesson(LessonIndex lessons, string? student, string interest) =>
        lessons.Next(interest, store.PassedBy(student, options.PassMark)) is var (lesson, match)
            ? Json(new LessonAnswer(Ok: true, student, lesson.Id, lesson.Title, Math.Round(match, 3)), TutorJson.Default.LessonAnswer)
            : Json(new AllPassedAnswer(Ok: true, student, Lesson: null, Done: true), TutorJson.Default.AllPassedAnswer);

    private string Score(string? student, string? lesson, double score)
    {
        if (lesson is null || options.Lessons.All(known => known.Id != lesson))
            return Json(new NoSuchLessonAnswer(Ok: false, "no such lesson", lesson), TutorJson.Default.NoSuchLessonAnswer);
        store.Add(student, lesson, score);
        return Json(new ScoreAnswer(Ok: true, student, lesson, score >= options.PassMark), TutorJson.Default.ScoreAnswer);
    }

    private string Progress(string? student) =>
        Json(new ProgressAnswer(Ok: true, student, store.Of(student)), TutorJson.Default.ProgressAnswer);

    private static string Similarity(LessonIndex lessons, string a, string b) =>
        Json(new SimilarityAnswer(Ok: true, Math.Round(lessons.Similarity(a, b), 3)), TutorJson.Default.SimilarityAnswer);

    private Task ReviewAsync(CancellationToken cancellationToken)
    {
        foreach (var (student, lessons) in store.Stuck(options.PassMark))
            LogStuck(student, lessons);
        return Task.CompletedTask;
    }

    // Until the legacy agents look each other up in the directory, they ask the registry.
    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var registration = new Registration("register", Name, Endpoints[0].Address!.Port, "dialogue");
        try
        {
            await registry.AskLineAsync(Json(registration, TutorJson.Default.Registration), cancellationToken: cancellationToken);
        }
        catch (AgentCallException error)
        {
            LogNoRegistry(error.Message);
        }
    }

    private static string? TextOrNull(JsonElement request, string member) => request.GetProperty(member).GetString();

    private static string Text(JsonElement request, string member) =>
        TextOrNull(request, member) ?? throw new InvalidOperationException($"{member} is null.");

    private static string Json<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);

    [LoggerMessage(LogLevel.Information, "{Lessons} lessons, {Words} words")]
    private partial void LogIndexed(int lessons, int words);

    [LoggerMessage(LogLevel.Information, "{Student} is stuck on {Lessons} lessons")]
    private partial void LogStuck(string student, int lessons);

    [LoggerMessage(LogLevel.Warning, "No registry: {Reason}")]
    private partial void LogNoRegistry(string reason);
}
