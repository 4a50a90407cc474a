using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Measures;

/// <summary>Sizes of an agent's source in all its parts.</summary>
internal static class SourceSize
{
    private const decimal Kilobyte = 1024m;

    /// <summary>
    /// Units of 1024 UTF-8 bytes. A file counts whole, less the other types that it declares beside the agent;
    /// of a nested type, only its own declaration counts.
    /// </summary>
    public static decimal Kilobytes(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        long bytes = 0;
        foreach (var parts in type.DeclaringSyntaxReferences.GroupBy(part => part.SyntaxTree))
        {
            var text = parts.Key.GetText(cancellationToken);
            if (type.ContainingType is not null)
            {
                bytes += parts.Sum(part => ByteCount(text, part.GetSyntax(cancellationToken).FullSpan));
                continue;
            }

            bytes += ByteCount(text, new Microsoft.CodeAnalysis.Text.TextSpan(0, text.Length));
            bytes -= TopLevelTypes(parts.Key.GetRoot(cancellationToken))
                .Where(declaration => !parts.Any(part => part.Span == declaration.Span))
                .Sum(declaration => ByteCount(text, declaration.FullSpan));
        }

        return Math.Round(bytes / Kilobyte, 1);
    }

    /// <summary>Lines of the agent's declarations that hold at least one token.</summary>
    public static int CodeLines(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            var lines = part.SyntaxTree.GetText(cancellationToken).Lines;
            var last = -1;
            foreach (var token in part.GetSyntax(cancellationToken).DescendantTokens())
            {
                var first = Math.Max(lines.IndexOf(token.SpanStart), last + 1);
                var end = token.Span.IsEmpty ? first - 1 : lines.IndexOf(token.Span.End - 1);
                count += Math.Max(0, end - first + 1);
                last = Math.Max(last, end);
            }
        }

        return count;
    }

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static long ByteCount(Microsoft.CodeAnalysis.Text.SourceText text, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        const int ChunkLength = 8192;
        var buffer = new char[Math.Min(ChunkLength, span.Length)];
        var encoder = Encoding.UTF8.GetEncoder();
        long bytes = 0;
        for (var position = span.Start; position < span.End;)
        {
            var length = Math.Min(buffer.Length, span.End - position);
            text.CopyTo(position, buffer, 0, length);
            bytes += encoder.GetByteCount(buffer, 0, length, flush: position + length == span.End);
            position += length;
        }

        return bytes;
    }
}
