using System.Globalization;

namespace Lifted.DigitalTwin;

/// <summary>Water's properties by temperature, measured in steps of a thousandth of a kelvin.</summary>
internal sealed class TankCalibration
{
    private readonly List<Point> points = [];

    public int Count => points.Count;

    public static TankCalibration Load(string path, CancellationToken cancellationToken)
    {
        var table = new TankCalibration();
        foreach (var row in File.ReadLines(path).Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = row.Split(',');
            table.points.Add(new Point(Number(cells[0]), Number(cells[1]), Number(cells[2]), Number(cells[3])));
        }

        return table;

        static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
    }

    /// <summary>The first point at or above a temperature; the last where there is none.</summary>
    public Point At(double kelvin)
    {
        int low = 0, high = points.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle].Kelvin < kelvin)
                low = middle + 1;
            else
                high = middle;
        }

        return points[low];
    }

    /// <summary>One measurement, in SI units.</summary>
    public readonly record struct Point(double Kelvin, double Conductivity, double Capacity, double Loss);
}
