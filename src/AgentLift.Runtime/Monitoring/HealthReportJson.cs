using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Monitoring;

/// <summary>A health report as JSON, in an order that does not change from one probe to the next.</summary>
internal static class HealthReportJson
{
    public static void Write(HealthReport report, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("status", NameOf(report.Status));
        json.WriteNumber("totalDurationSeconds", report.TotalDuration.TotalSeconds);
        json.WriteStartObject("entries");
        foreach (var (name, entry) in report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Write(name, entry, json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(string name, HealthReportEntry entry, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteString("status", NameOf(entry.Status));
        if (entry.Description is not null)
            json.WriteString("description", entry.Description);
        json.WriteNumber("durationSeconds", entry.Duration.TotalSeconds);
        if (entry.Exception is not null)
            json.WriteString("exception", entry.Exception.Message);
        json.WriteStartObject("data");
        foreach (var (key, value) in entry.Data.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(key);
            Write(value, json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;

            // JSON has no infinity and no "not a number": these become text below.
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case IFormattable formattable:
                json.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => nameof(HealthStatus.Healthy),
        HealthStatus.Degraded => nameof(HealthStatus.Degraded),
        _ => nameof(HealthStatus.Unhealthy),
    };
}
