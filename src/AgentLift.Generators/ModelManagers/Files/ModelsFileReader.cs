using AgentLift.Core.Data;
using AgentLift.Core.Rules;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>Reads a models file as far as that goes without knowing types. What is wrong is told at its line.</summary>
internal sealed class ModelsFileReader
{
    private readonly string path;
    private readonly SourceText text;
    private readonly ProblemList problems;

    private ModelsFileReader(string path, SourceText text)
    {
        this.path = path;
        this.text = text;
        problems = new ProblemList(PlaceOf(1));
    }

    public static ModelsFile Read(AdditionalText file, CancellationToken cancellationToken) =>
        new ModelsFileReader(file.Path, file.GetText(cancellationToken) ?? SourceText.From(string.Empty)).Read();

    /// <summary>The problems of a line.</summary>
    public ProblemList At(DataNode node) => problems.At(PlaceOf(node.Line));

    public SourcePlace PlaceOf(DataNode node) => PlaceOf(node.Line);

    /// <summary>Reads something; what the data complains of is told at its place.</summary>
    /// <param name="read">What to read.</param>
    /// <param name="about">What it is about, before the complaint.</param>
    public void Try(Action read, string about = "")
    {
        try
        {
            read();
        }
        catch (DataException error)
        {
            problems.At(PlaceOf(error.Problem.Line)).Add(RuleIds.ModelsFileUnusable, Path.GetFileName(path), about + error.Problem.Message, error.Problem.NextStep);
        }
    }

    private ModelsFile Read()
    {
        List<FileModel> models = [];
        Try(() =>
        {
            var root = JsonDocumentReader.Read(new DataFile(path, text.ToString()));
            root.AllowKeys("$schema", "models");
            foreach (var node in root.Get("models").Items())
            {
                if (new ModelsFileEntry(this, node).Read() is { } model)
                    models.Add(model);
            }
        });
        return new ModelsFile(path, new([.. models]), problems.ToArray());
    }

    private SourcePlace PlaceOf(int line)
    {
        var span = text.Lines[Math.Min(Math.Max(line, 1), text.Lines.Count) - 1].Span;
        while (span.Length > 0 && char.IsWhiteSpace(text[span.Start]))
            span = TextSpan.FromBounds(span.Start + 1, span.End);
        return new SourcePlace(path, span, text.Lines.GetLinePositionSpan(span));
    }
}
