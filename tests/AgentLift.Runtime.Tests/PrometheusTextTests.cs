using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using AgentLift.Runtime.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Tests;

public sealed class PrometheusTextTests : IDisposable
{
    private const string Target = "# HELP target_info The process that these figures are of.\n# TYPE target_info gauge\ntarget_info{service_instance_id=\"one\",service_name=\"shop\"} 1\n";

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Meter meter;
    private readonly MetricStore store;

    public PrometheusTextTests()
    {
        meter = Factory.Create("Shop");
        store = NewStore(Factory, "Shop");
    }

    private IMeterFactory Factory => services.GetRequiredService<IMeterFactory>();

    [Fact]
    public void A_counter_ends_in_total_and_its_series_are_sorted()
    {
        var sold = meter.CreateCounter<long>("shop.sold", "{item}", "Things sold.");

        sold.Add(2, Tag("kind", "pear"));
        sold.Add(3, Tag("kind", "apple"));
        sold.Add(1, Tag("kind", "pear"));

        Text().ShouldBe("""
            # HELP shop_sold_total Things sold.
            # TYPE shop_sold_total counter
            shop_sold_total{kind="apple"} 3
            shop_sold_total{kind="pear"} 3

            """ + Target);
    }

    [Fact]
    public void A_sum_that_falls_and_a_last_value_are_gauges()
    {
        var guests = meter.CreateUpDownCounter<int>("shop.guests", "{person}", "Guests.");
        var warmth = meter.CreateGauge<double>("shop.warmth", "Cel", "How warm it is.");

        guests.Add(5);
        guests.Add(-2);
        warmth.Record(21.5);
        warmth.Record(19.25);

        Text().ShouldBe("""
            # HELP shop_guests Guests.
            # TYPE shop_guests gauge
            shop_guests 3
            # HELP shop_warmth_celsius How warm it is.
            # TYPE shop_warmth_celsius gauge
            shop_warmth_celsius 19.25

            """ + Target);
    }

    [Fact]
    public void Buckets_are_those_advised_and_hold_those_below_them()
    {
        var wait = meter.CreateHistogram("shop.wait", "s", "Waits.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] });

        foreach (var seconds in new[] { 0.5, 1, 2, 9 })
            wait.Record(seconds, Tag("till", 1));

        Text().ShouldBe("""
            # HELP shop_wait_seconds Waits.
            # TYPE shop_wait_seconds histogram
            shop_wait_seconds_bucket{till="1",le="1"} 2
            shop_wait_seconds_bucket{till="1",le="2.5"} 3
            shop_wait_seconds_bucket{till="1",le="+Inf"} 4
            shop_wait_seconds_sum{till="1"} 12.5
            shop_wait_seconds_count{till="1"} 4

            """ + Target);
    }

    [Fact]
    public void Without_advice_seconds_and_other_units_have_the_buckets_of_opentelemetry()
    {
        meter.CreateHistogram<double>("shop.wait", "s").Record(1);
        meter.CreateHistogram<int>("shop.basket", "{item}").Record(1);

        Buckets("shop_wait_seconds").ShouldBe(["0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf"]);
        Buckets("shop_basket").ShouldBe(["0", "5", "10", "25", "50", "75", "100", "250", "500", "750", "1000", "2500", "5000", "7500", "10000", "+Inf"]);

        IEnumerable<string> Buckets(string name) => Text().Split('\n').Where(line => line.StartsWith(name + "_bucket", StringComparison.Ordinal)).Select(line => line.Split('"')[1]);
    }

    [Fact]
    public void Observable_figures_are_those_of_the_scrape()
    {
        var shelves = new Dictionary<string, int> { ["left"] = 4, ["right"] = 7 };
        meter.CreateObservableGauge("shop.shelf", () => shelves.Select(shelf => new Measurement<int>(shelf.Value, Tag("side", shelf.Key))), "{item}", "Full.");

        var first = Text();
        shelves.Remove("left");
        shelves["right"] = 8;

        first.ShouldContain("shop_shelf{side=\"left\"} 4\nshop_shelf{side=\"right\"} 7\n");
        Text().ShouldContain("# TYPE shop_shelf gauge\nshop_shelf{side=\"right\"} 8\n");
    }

    [Fact]
    public void An_observation_that_throws_costs_the_others_nothing()
    {
        meter.CreateObservableGauge("shop.broken", new Func<int>(() => throw new IOException("gone")));
        meter.CreateObservableCounter("shop.steps", () => 12L);

        Text().ShouldContain("shop_steps_total 12\n");
    }

    [Fact]
    public void Labels_and_help_are_escaped_and_names_made_of_what_is_allowed()
    {
        meter.CreateCounter<int>("shop.odd", null, "Back\\slash\nand line.").Add(1, Tag("5.a-b", "x\"y\\z\nw"), Tag("none", null), Tag("le", true), Tag("a.b", 1), Tag("a_b", 2));

        Text().ShouldStartWith("# HELP shop_odd_total Back\\\\slash\\nand line.\n# TYPE shop_odd_total counter\nshop_odd_total{_5_a_b=\"x\\\"y\\\\z\\nw\",a_b=\"1;2\",le_=\"true\"} 1\n");
    }

    [Fact]
    public void The_order_and_the_type_of_tags_make_no_second_series()
    {
        var sold = meter.CreateCounter<int>("shop.sold");

        sold.Add(1, Tag("a", "1"), Tag("b", "2"));
        sold.Add(1, Tag("b", "2"), Tag("a", "1"));
        sold.Add(1, Tag("b", 2), Tag("a", 1));

        Text().ShouldContain("counter\nshop_sold_total{a=\"1\",b=\"2\"} 3\n#");
    }

    [Theory]
    [InlineData("a.b", "s", InstrumentKind.Histogram, "a_b_seconds")]
    [InlineData("a.b.seconds", "s", InstrumentKind.Gauge, "a_b_seconds")]
    [InlineData("a.total", "By", InstrumentKind.Counter, "a_bytes_total")]
    [InlineData("a", "1", InstrumentKind.Gauge, "a_ratio")]
    [InlineData("a", "1", InstrumentKind.Counter, "a_total")]
    [InlineData("a", "{item}", InstrumentKind.UpDownCounter, "a")]
    [InlineData("a", "By/s", InstrumentKind.Gauge, "a_bytes_per_second")]
    [InlineData("a", "{item}/s", InstrumentKind.Gauge, "a_per_second")]
    [InlineData("a", "widgets", InstrumentKind.Gauge, "a_widgets")]
    [InlineData("2a--b", null, InstrumentKind.Gauge, "_2a_b")]
    public void Names_follow_the_rules_of_opentelemetry(string instrument, string? unit, object kind, string name) =>
        PrometheusName.Of(instrument, unit, (InstrumentKind)kind).ShouldBe(name);

    [Fact]
    public void Series_beyond_the_limit_are_counted_in_one()
    {
        using var small = NewStore(Factory, "Shop", maxSeries: 2);
        var sold = meter.CreateCounter<int>("shop.sold");

        for (var customer = 0; customer < 100; customer++)
            sold.Add(1, Tag("customer", customer));
        sold.Add(1, Tag("customer", 1));

        Text(small).ShouldContain("counter\nshop_sold_total{customer=\"0\"} 1\nshop_sold_total{customer=\"1\"} 2\nshop_sold_total{otel_metric_overflow=\"true\"} 98\n#");
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_count_at_once()
    {
        var sold = meter.CreateCounter<long>("shop.sold");
        var wait = meter.CreateHistogram<double>("shop.wait", "s");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var round = 0; round < 1_000; round++)
            {
                sold.Add(1, Tag("kind", round % 10));
                wait.Record(1);
            }
        })));

        for (var kind = 0; kind < 10; kind++)
            Text().ShouldContain($"shop_sold_total{{kind=\"{kind}\"}} 800\n");
        Text().ShouldContain("shop_wait_seconds_sum 8000\nshop_wait_seconds_count 8000\n");
    }

    [Fact]
    public void A_measurement_of_a_known_series_allocates_nothing()
    {
        var sold = meter.CreateCounter<long>("shop.sold");
        var wait = meter.CreateHistogram<double>("shop.wait", "s");
        var (kind, till) = (Tag("kind", "pear"), Tag("till", "left"));
        Record();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
            Record();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Record()
        {
            sold.Add(1, kind, till);
            wait.Record(0.1, till);
        }
    }

    [Fact]
    public void Figures_of_another_host_are_not_shown_and_those_of_the_process_are()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var processWide = new Meter("Shop", null, null);
        other.GetRequiredService<IMeterFactory>().Create("Shop").CreateCounter<int>("shop.other").Add(1);
        processWide.CreateCounter<int>("shop.shared").Add(1);
        Factory.Create("Shopping").CreateCounter<int>("shop.unnamed").Add(1);

        Text().ShouldBe("# HELP shop_shared_total shop.shared of Shop.\n# TYPE shop_shared_total counter\nshop_shared_total 1\n" + Target);
    }

    [Fact]
    public void A_star_stands_for_any_rest_of_a_meter_s_name()
    {
        using var all = NewStore(Factory, "Shop*");
        Factory.Create("Shopping").CreateCounter<int>("bags").Add(1);

        Text(all).ShouldContain("bags_total 1\n");
    }

    [Fact]
    public void Two_types_of_one_name_are_not_mixed()
    {
        meter.CreateGauge<int>("shop.size").Record(4);
        meter.CreateHistogram<int>("shop.size").Record(4);

        Text().ShouldBe("# HELP shop_size shop.size of Shop.\n# TYPE shop_size gauge\nshop_size 4\n" + Target);
    }

    [Fact]
    public void A_meter_that_is_disposed_and_a_store_that_is_disposed_are_forgotten()
    {
        var sold = meter.CreateCounter<int>("shop.sold");
        using var passing = new Meter("Shop");
        passing.CreateCounter<int>("shop.passing").Add(1);
        sold.Add(1);

        passing.Dispose();
        Text().ShouldNotContain("passing");
        store.Dispose();
        sold.Enabled.ShouldBeFalse();
    }

    public void Dispose()
    {
        store.Dispose();
        services.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private static MetricStore NewStore(IMeterFactory factory, string meters, int maxSeries = 2_000)
    {
        var options = Options.Create(new MonitoringOptions { InstanceId = "one", Meters = { meters } });
        var identity = new ServiceIdentity(new HostingEnvironment { ApplicationName = "shop" }, options);
        return new MetricStore(new MonitoredMeters(options, factory), identity, maxSeries, NullLogger.Instance);
    }

    private string Text() => Text(store);

    private static string Text(MetricStore store)
    {
        var output = new ArrayBufferWriter<byte>();
        store.Write(output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);

        // Written first by the process; here last, so that each test begins with its own figures.
        return text[Target.Length..] + text[..Target.Length];
    }
}
