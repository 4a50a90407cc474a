namespace Lifted.DigitalTwin;

/// <summary>The tank as one node: heater in, losses and flow out. Not thread-safe.</summary>
internal sealed class WaterTank
{
    private const double Volume = 0.12;      // m3
    private const double Area = 1.4;         // m2
    private const double Ambient = 293.15;   // K

    public double Kelvin { get; private set; } = Ambient;

    public double Seconds { get; private set; }

    public int Steps { get; private set; }

    /// <summary>Goes on by a time, in seconds, at a power, in watts, and a flow, in kilograms a second.</summary>
    public void Advance(TankCalibration water, double power, double flow, double time)
    {
        Kelvin = After(water, power, flow, time);
        Seconds += time;
        Steps++;
    }

    /// <summary>The temperature that the tank would have, by Heun's method, at most a second a step.</summary>
    /// <exception cref="InvalidOperationException">It is beyond all numbers.</exception>
    public double After(TankCalibration water, double power, double flow, double time)
    {
        var n = Math.Clamp((int)Math.Ceiling(time), 1, 100000);
        var h = time / n;
        var t = Kelvin;
        for (var i = 0; i < n; i++)
        {
            var k1 = Rate(water, t, power, flow);
            var k2 = Rate(water, t + (h * k1), power, flow);
            t += h * (k1 + k2) / 2;
        }

        return double.IsFinite(t) ? t : throw new InvalidOperationException("The tank boils over.");
    }

    public void Reset() => (Kelvin, Seconds, Steps) = (Ambient, 0, 0);

    private static double Rate(TankCalibration water, double t, double power, double flow)
    {
        var c = water.At(t);
        var mass = Volume * 998;
        var loss = (c.Conductivity * Area * 12 * (t - Ambient)) + (c.Loss * 50);
        return (power - loss - (flow * c.Capacity * (t - 288.15))) / (mass * c.Capacity);
    }
}
