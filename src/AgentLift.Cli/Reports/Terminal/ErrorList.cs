using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>What could not be used: place, message, and what to do about it.</summary>
internal static class ErrorList
{
    /// <summary>Writes the errors; nothing where there are none.</summary>
    public static void Write(FleetAssessment fleet, IAnsiConsole console)
    {
        if (fleet.Errors.IsEmpty)
            return;

        console.WriteLine();
        console.Write(new UnwrappedLine().Add(
            $"{Figures.Count(fleet.Errors.Length, "problem")}; what does not depend on {(fleet.Errors.Length == 1 ? "it" : "them")} was still assessed",
            new Style(Color.Red, decoration: Decoration.Bold)));
        foreach (var error in fleet.Errors)
        {
            var place = Phrases.Place(error);
            console.Write(new UnwrappedLine()
                .Add(place is null ? "  " : $"  {place}: ", new Style(decoration: Decoration.Bold))
                .Add(error.Message));
            console.Write(new UnwrappedLine().Add("    next: ", new Style(decoration: Decoration.Dim)).Add(error.NextStep));
        }
    }
}
