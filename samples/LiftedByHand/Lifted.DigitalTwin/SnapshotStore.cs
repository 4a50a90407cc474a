using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Lifted.DigitalTwin;

/// <summary>The tank's states over time.</summary>
internal sealed class SnapshotStore
{
    private readonly string connectionString;

    public SnapshotStore(IOptions<DigitalTwinOptions> options)
    {
        SQLitePCL.Batteries_V2.Init();
        connectionString = new SqliteConnectionStringBuilder { DataSource = options.Value.DatabaseFile }.ToString();
    }

    /// <summary>Makes the table where it is missing.</summary>
    public void Prepare()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "create table if not exists snapshot (id integer primary key, steps integer, kelvin real)";
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps a state.</summary>
    public void Add(int steps, double kelvin)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "insert into snapshot (steps, kelvin) values ($s, $k)";
        command.Parameters.AddWithValue("$s", steps);
        command.Parameters.AddWithValue("$k", kelvin);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
