using System.Collections.Immutable;
using AgentLift.Core.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentLift.Core.Data;

/// <summary>Reads the first document of a YAML file with the line of each value.</summary>
internal static class YamlDocumentReader
{
    /// <exception cref="DataException">The text is not YAML, or empty.</exception>
    public static DataNode Read(DataFile file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(file.Content));
        }
        catch (YamlException error)
        {
            throw new DataException(new DataProblem(file.Path, (int)error.Start.Line, "not valid YAML: " + error.Message, "correct the syntax there"));
        }

        return stream.Documents.Count > 0
            ? Convert(file.Path, stream.Documents[0].RootNode)
            : throw new DataException(new DataProblem(file.Path, 1, "the file is empty", "write the document or remove the file"));
    }

    private static DataNode Convert(string file, YamlNode node)
    {
        var line = (int)node.Start.Line;
        return node switch
        {
            YamlMappingNode map => DataNode.Map(
                file,
                line,
                [.. map.Children.Select(pair => new KeyValuePair<string, DataNode>(pair.Key.ToString(), Convert(file, pair.Value)))]),
            YamlSequenceNode list => DataNode.List(file, line, [.. list.Children.Select(item => Convert(file, item))]),
            YamlScalarNode scalar => DataNode.Scalar(file, line, scalar.Value is "" or "~" or "null" && scalar.Style == ScalarStyle.Plain ? null : scalar.Value),
            _ => throw new DataException(new DataProblem(file, line, "anchors and aliases are not supported", "write the value out")),
        };
    }
}
