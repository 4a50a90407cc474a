using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Lifted.Tutor;

/// <summary>The students' progress. A connection is taken from the pool for each call, so that calls need no lock.</summary>
internal sealed class LessonStore
{
    private readonly string connectionString;

    public LessonStore(IOptions<TutorOptions> options)
    {
        SQLitePCL.Batteries_V2.Init();
        connectionString = new SqliteConnectionStringBuilder { DataSource = options.Value.DatabaseFile }.ToString();
    }

    /// <summary>Begins anew: no student has learnt anything yet.</summary>
    public void Reset()
    {
        using var connection = Open();
        using var command = Command(
            connection,
            """
            drop table if exists progress;
            create table progress (student text, lesson text, score real, tries integer, primary key (student, lesson))
            """);
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps a student's best score in a lesson, and counts the tries.</summary>
    public void Add(string? student, string lesson, double score)
    {
        using var connection = Open();
        using var command = Command(
            connection,
            "insert into progress values ($s, $l, $v, 1) on conflict (student, lesson) do update set score = max(score, $v), tries = tries + 1",
            ("$s", student),
            ("$l", lesson),
            ("$v", score));
        command.ExecuteNonQuery();
    }

    /// <summary>All that a student has tried.</summary>
    public IReadOnlyList<LessonProgress> Of(string? student)
    {
        using var connection = Open();
        using var command = Command(connection, "select lesson, score, tries from progress where student = $s order by lesson", ("$s", student));
        return Read(command, row => new LessonProgress(row.GetString(0), row.GetDouble(1), row.GetInt32(2)));
    }

    /// <summary>The lessons that a student has passed.</summary>
    public HashSet<string> PassedBy(string? student, double passMark)
    {
        using var connection = Open();
        using var command = Command(connection, "select lesson from progress where student = $s and score >= $p", ("$s", student), ("$p", passMark));
        return [.. Read(command, row => row.GetString(0))];
    }

    /// <summary>The students who tried a lesson more than twice and have not passed it, with the number of such lessons.</summary>
    public IReadOnlyList<(string Student, int Lessons)> Stuck(double passMark)
    {
        using var connection = Open();
        using var command = Command(connection, "select student, count(*) from progress where score < $p and tries > 2 group by student", ("$p", passMark));
        return Read(command, row => (row.GetString(0), row.GetInt32(1)));
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static List<T> Read<T>(SqliteCommand command, Func<SqliteDataReader, T> row)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
