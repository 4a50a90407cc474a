using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lifted.DigitalTwin;

/// <summary>Where the twin's tables lie, bound from <c>DigitalTwin</c> and validated at start.</summary>
internal sealed class DigitalTwinOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "DigitalTwin";

    /// <summary>Water's properties by temperature; a relative path counts from the program's folder. <c>data/calibration.csv</c> by default.</summary>
    [Required]
    public string CalibrationFile { get; set; } = "data/calibration.csv";

    /// <summary>The database of snapshots, kept over starts. <c>twin.db</c> by default.</summary>
    [Required]
    public string DatabaseFile { get; set; } = "twin.db";

    /// <summary>The time between two snapshots, in seconds; 1 to 86,400, 3 by default.</summary>
    [Range(1, 86_400)]
    public int SnapshotSeconds { get; set; } = 3;
}

/// <summary>Generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class DigitalTwinOptionsValidator : IValidateOptions<DigitalTwinOptions>;
