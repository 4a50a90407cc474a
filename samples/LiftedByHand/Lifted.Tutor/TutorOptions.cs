using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lifted.Tutor;

/// <summary>What the tutor teaches and where its tables lie, bound from <c>Tutor</c> and validated at start.</summary>
internal sealed class TutorOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Tutor";

    /// <summary>The table of word vectors; a relative path counts from the program's folder. <c>data/embeddings.bin</c> by default.</summary>
    [Required]
    public string EmbeddingsFile { get; set; } = "data/embeddings.bin";

    /// <summary>The database of the students' progress, begun anew at each start. <c>lessons.db</c> by default.</summary>
    [Required]
    public string DatabaseFile { get; set; } = "lessons.db";

    /// <summary>The pause between two reviews, in seconds; 1 to 86,400, 5 by default.</summary>
    [Range(1, 86_400)]
    public int ReviewSeconds { get; set; } = 5;

    /// <summary>The score from which a lesson is passed; 0 to 1, 0.7 by default.</summary>
    [Range(0.0, 1.0)]
    public double PassMark { get; set; } = 0.7;

    /// <summary>The lessons. None by default.</summary>
    [ValidateEnumeratedItems]
    public IList<LessonOptions> Lessons { get; } = [];
}

/// <summary>One lesson.</summary>
internal sealed class LessonOptions
{
    /// <summary>Three letters of the subject, a hyphen and a number, such as <c>alg-1</c>. Required.</summary>
    [Required]
    [RegularExpression("[a-z]{3}-[0-9]+")]
    public string Id { get; set; } = string.Empty;

    /// <summary>The title, whose words say what the lesson is about. Required.</summary>
    [Required]
    public string Title { get; set; } = string.Empty;

    /// <summary>The level within its subject; 1 to 100, 1 by default.</summary>
    [Range(1, 100)]
    public int Level { get; set; } = 1;
}

/// <summary>Generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class TutorOptionsValidator : IValidateOptions<TutorOptions>;
