using System.Diagnostics.Metrics;
using System.Numerics;

namespace AgentLift.Runtime.Monitoring;

/// <summary>How the measurements of an instrument add up.</summary>
internal enum InstrumentKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A sum that grows and shrinks.</summary>
    UpDownCounter,

    /// <summary>The last value.</summary>
    Gauge,

    /// <summary>A distribution.</summary>
    Histogram,
}

/// <summary>What an instrument is, whatever its type of number.</summary>
/// <param name="Kind">How its measurements add up.</param>
/// <param name="IsObservable">Whether it is asked at each scrape and then tells absolute values.</param>
/// <param name="Buckets">The upper ends of a histogram's buckets that its maker advises; <see langword="null"/> for none.</param>
internal sealed record InstrumentShape(InstrumentKind Kind, bool IsObservable, double[]? Buckets = null)
{
    // One line a type of number, and no reflection: native code has only the generic types that are named in it.
    public static InstrumentShape? Of(Instrument instrument) =>
        Of<long>(instrument) ?? Of<double>(instrument) ?? Of<int>(instrument) ?? Of<float>(instrument) ?? Of<short>(instrument) ?? Of<byte>(instrument) ?? Of<decimal>(instrument);

    private static InstrumentShape? Of<T>(Instrument instrument)
        where T : struct, INumber<T> => instrument switch
        {
            Counter<T> => new(InstrumentKind.Counter, IsObservable: false),
            UpDownCounter<T> => new(InstrumentKind.UpDownCounter, IsObservable: false),
            Gauge<T> => new(InstrumentKind.Gauge, IsObservable: false),
            Histogram<T> histogram => new(InstrumentKind.Histogram, IsObservable: false, histogram.Advice?.HistogramBucketBoundaries?.Select(double.CreateChecked).ToArray()),
            ObservableCounter<T> => new(InstrumentKind.Counter, IsObservable: true),
            ObservableUpDownCounter<T> => new(InstrumentKind.UpDownCounter, IsObservable: true),
            ObservableGauge<T> => new(InstrumentKind.Gauge, IsObservable: true),
            _ => null,
        };
}
