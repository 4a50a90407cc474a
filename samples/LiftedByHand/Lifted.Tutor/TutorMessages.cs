using System.Text.Json.Serialization;

namespace Lifted.Tutor;

// Members are written in the order in which they stand here: it is part of the protocol.
internal sealed record HealthAnswer(bool Ok, string Agent, int Lessons);

internal sealed record LessonAnswer(bool Ok, string? Student, string Lesson, string Title, double Match);

internal sealed record AllPassedAnswer(bool Ok, string? Student, string? Lesson, bool Done);

internal sealed record ScoreAnswer(bool Ok, string? Student, string Lesson, bool Passed);

internal sealed record NoSuchLessonAnswer(bool Ok, string Error, string? Lesson);

internal sealed record ProgressAnswer(bool Ok, string? Student, IReadOnlyList<LessonProgress> Lessons);

internal sealed record LessonProgress(string Lesson, double Score, int Tries);

internal sealed record SimilarityAnswer(bool Ok, double Similarity);

internal sealed record Registration(string Cmd, string Name, int Port, string Group);

/// <summary>The generated writers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(LessonAnswer))]
[JsonSerializable(typeof(AllPassedAnswer))]
[JsonSerializable(typeof(ScoreAnswer))]
[JsonSerializable(typeof(NoSuchLessonAnswer))]
[JsonSerializable(typeof(ProgressAnswer))]
[JsonSerializable(typeof(SimilarityAnswer))]
[JsonSerializable(typeof(Registration))]
internal sealed partial class TutorJson : JsonSerializerContext;
