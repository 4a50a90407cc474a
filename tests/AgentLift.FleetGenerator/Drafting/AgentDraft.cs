namespace AgentLift.FleetGenerator.Drafting;

/// <summary>An agent as its pieces build it up; <see cref="AgentAssembly"/> turns it into members.</summary>
internal sealed class AgentDraft(Random random, string typeName, string noun)
{
    private readonly HashSet<string> _identifiers = ["Start", "StartUp", "Begin", "Launch", "Stop", "Shutdown", "Close", "End", "Dispose", "Run", "Equals", "ToString", typeName];
    private readonly string _fieldPrefix = random.Next(5) == 0 ? "m_" : "_";
    private readonly List<string> _numberMethods = [];

    public Random Random { get; } = random;

    public string TypeName { get; } = typeName;

    /// <summary>What the agent is about, such as "parcel".</summary>
    public string Noun { get; } = noun;

    public bool Lifted { get; init; }

    public HashSet<string> Traits { get; } = [];

    public HashSet<string> Barred { get; } = [];

    public HashSet<string> Applied { get; } = [];

    /// <summary>Rules reported on the class identifier, beside AGL1001.</summary>
    public List<string> ClassRules { get; } = [];

    /// <summary>Kinds of store that the agent uses.</summary>
    public HashSet<string> Stores { get; } = [];

    public SortedSet<string> Usings { get; } = new(StringComparer.Ordinal) { "System", "System.Collections.Generic", "System.Threading" };

    public List<Member> Members { get; } = [];

    public List<(string Type, string Name, string Field)> Parameters { get; } = [];

    public List<string> ConstructorBody { get; } = [];

    public List<string> StaticConstructorBody { get; } = [];

    public List<string> StartBody { get; } = [];

    public List<string> StopBody { get; } = [];

    /// <summary>"this." or nothing, by chance.</summary>
    public string This => Chance(4) ? "this." : "";

    /// <summary>True once in <paramref name="outOf"/>.</summary>
    public bool Chance(int outOf) => Random.Next(outOf) == 0;

    public int Number(int from, int to) => Random.Next(from, to);

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    public void Apply(Piece piece)
    {
        Applied.Add(piece.Name);
        Traits.UnionWith(piece.Gives);
        Barred.UnionWith(piece.Bars);
        piece.Apply(this);
    }

    public void Use(params ReadOnlySpan<string> namespaces)
    {
        foreach (var name in namespaces)
            Usings.Add(name);
    }

    public void Field(string text) => Members.Add(new Member(MemberKind.Field, text));

    public void Method(string text) => Members.Add(new Member(MemberKind.Method, text));

    public void Nested(string text) => Members.Add(new Member(MemberKind.Nested, text));

    public void Construct(string text) => ConstructorBody.Add(text);

    public void ConstructStatic(string text) => StaticConstructorBody.Add(text);

    public void Start(string text) => StartBody.Add(text);

    public void Stop(string text) => StopBody.Add(text);

    /// <summary>Writes the line where the agent is set up: in its constructor or at its start.</summary>
    public void SetUp(string text) => (Chance(2) ? ConstructorBody : StartBody).Add(text);

    /// <summary>A new name for a field, made from one of the words.</summary>
    public string FieldName(params ReadOnlySpan<string> words) => _fieldPrefix + Unique(_fieldPrefix, Pick(words), camel: true, wordFirst: false);

    /// <summary>A new name for a local, made from one of the words.</summary>
    public string Local(params ReadOnlySpan<string> words) => Unique("", Pick(words), camel: true, wordFirst: false);

    /// <summary>A new name for a method, property, constant or nested type, made from one of the words.</summary>
    public string Name(params ReadOnlySpan<string> words) => Unique("", Pick(words), camel: false, wordFirst: true);

    /// <summary>A new name for a constant or static field that ends with one of the words.</summary>
    public string ConstantName(params ReadOnlySpan<string> words) => Unique("", Pick(words), camel: false, wordFirst: false);

    /// <summary>A new field that the constructor takes as a parameter: nothing about its value stands in code.</summary>
    public string Parameter(string type, params ReadOnlySpan<string> words)
    {
        var field = FieldName(words);
        var name = Local(field[_fieldPrefix.Length..]);
        Parameters.Add((type, name, field));
        return field;
    }

    /// <summary>The name of a method of the agent that maps a number to a number.</summary>
    public string Work()
    {
        if (_numberMethods.Count == 0 || (_numberMethods.Count < 3 && Chance(3)))
            _numberMethods.Add(Pieces.DomainMethods.Number(this));
        return _numberMethods[Random.Next(_numberMethods.Count)];
    }

    /// <summary>A statement that does a bit of the agent's own work.</summary>
    public string Step()
    {
        var total = FieldName("handled", "rounds", "seen", "done", "total", "passes");
        Field(Chance(3) ? $"private int {total} = {Number(1, 9)};" : $"private int {total};");
        return Number(0, 4) switch
        {
            0 => $"{total} += {Work()}({total});",
            1 => $"{This}{total} = {Work()}({total} + {Number(1, 40)});",
            2 => $"if ({total} < {Number(100, 9000)}) {total} = {Work()}({total}) + 1;",
            _ => $"{total}++;",
        };
    }

    private string Unique(string prefix, string word, bool camel, bool wordFirst)
    {
        foreach (var candidate in Candidates(word, wordFirst))
        {
            var name = camel ? char.ToLowerInvariant(candidate[0]) + candidate[1..] : Pascal(candidate);
            if (_identifiers.Add(prefix + name))
                return name;
        }

        throw new InvalidOperationException("No name is left for " + word);
    }

    private IEnumerable<string> Candidates(string word, bool wordFirst)
    {
        if (Chance(2))
            yield return word;
        yield return wordFirst ? word + Pascal(Noun) : Noun + Pascal(word);
        yield return word;
        var stem = wordFirst ? word : Noun + Pascal(word);
        foreach (var more in (string[])["Main", "Side", "Spare", "Early", "Late", "Inner", "Outer", "First", "Last", "Old", "New", "Fast", "Slow"])
            yield return wordFirst ? stem + more : more + Pascal(stem);
        for (var number = 2; number < 1000; number++)
            yield return wordFirst ? $"{stem}{number}" : $"{Noun}{number}{Pascal(word)}";
    }

    private static string Pascal(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
