using AgentLift.FleetGenerator.Emission;
using AgentLift.FleetGenerator.Pieces;

namespace AgentLift.FleetGenerator.Drafting;

/// <summary>Composes the agents of a fleet and the types around them, and spreads the lines over them.</summary>
internal sealed class FleetComposer
{
    private readonly FleetOptions _options;
    private readonly Random _random;
    private readonly HashSet<string> _typeNames = [];
    private readonly Piece[] _featured;
    private readonly Dictionary<int, SharedModel> _shared = [];
    private int _lines;

    public FleetComposer(FleetOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        // Every piece is featured by some agent before any is featured twice.
        _featured = [.. PieceCatalog.All];
        _random.Shuffle(_featured);
        ShareModels();
    }

    public List<(LaidOutFile File, string? Agent)> Files { get; } = [];

    public List<ExpectedAgent> Agents { get; } = [];

    public void Compose()
    {
        AddText("Vendor.cs", "Vendor.txt");
        AddText("Shared/Tables.cs", "Tables.txt");
        if (_options.DecoyTypes)
            AddDecoyTypes();
        for (var index = 0; index < _options.Agents; index++)
            AddAgent(index);
    }

    private void ShareModels()
    {
        var numbers = Enumerable.Range(0, _options.Agents).ToArray();
        _random.Shuffle(numbers);
        var next = 0;
        for (var group = 0; group < Math.Max(1, _options.Agents / 25) && next + 1 < numbers.Length; group++)
        {
            var model = SharedModel.Create(_random, group);
            for (var sharers = _random.Next(2, 4); sharers > 0 && next < numbers.Length; sharers--)
                _shared[numbers[next++]] = model;
            if (_shared.Values.Count(shared => shared == model) == 1)
                _shared.Remove(numbers[next - 1]);
        }
    }

    private void AddAgent(int index)
    {
        var share = Share(index);
        var random = new Random(_random.Next());
        var kind = random.Next(12) switch { 0 => AgentKind.Lifted, 1 => AgentKind.Attributed, _ => AgentKind.Behaving };
        var noun = Vocabulary.Nouns[random.Next(Vocabulary.Nouns.Length)];
        var agent = new AgentDraft(random, TypeName(random, noun), noun) { Lifted = kind == AgentKind.Lifted };
        foreach (var trait in (string[])["sealed", "internal-type"])
        {
            if (random.Next(2) == 0)
                agent.Traits.Add(trait);
        }

        if (_shared.TryGetValue(index, out var model))
            model.Apply(agent);
        Furnish(agent, kind, _featured[index % _featured.Length], share, _options.PlainCode);

        var group = Vocabulary.Groups[random.Next(Vocabulary.Groups.Length)];
        var layout = new AgentLayout(agent, group, kind == AgentKind.Attributed);
        var files = layout.Write();
        foreach (var file in files)
        {
            Files.Add((file, layout.FullName));
            _lines += file.Lines.Length;
        }

        Agents.Add(new ExpectedAgent(layout.FullName, [.. files.Select(file => file.Path)], agent.Lifted));
    }

    /// <summary>Lines that agent may take: an even part of what is left, varied where agents follow that make up for it.</summary>
    private int Share(int index)
    {
        if (_options.TargetLines is not { } target)
            return _random.Next(60, 170);
        var left = _options.Agents - index;
        var even = (target - _lines) / left;
        return left < 4 ? even : even * _random.Next(45, 156) / 100;
    }

    private static void Furnish(AgentDraft agent, AgentKind kind, Piece featured, int share, bool plainCode)
    {
        Add(agent, featured);
        if (kind == AgentKind.Lifted)
        {
            LiftedPieces.Supervised(agent);
            if (agent.Chance(2) && LiftedPieces.Health.Fits(agent))
                agent.Apply(LiftedPieces.Health);
        }
        else if (kind == AgentKind.Behaving && featured.Role != PieceRole.Owner)
        {
            AddAny(agent, PieceCatalog.Owners);
        }

        // A timer alone is a weak sign: it makes an agent of a class whose name says so too.
        if (kind == AgentKind.Behaving && !Vocabulary.Suffixes.Any(suffix => agent.TypeName.EndsWith(suffix, StringComparison.Ordinal)))
            AddAny(agent, PieceCatalog.StrongOwners);

        // Some agents are mostly loops and sockets, some mostly plain code.
        var patterns = plainCode ? share * agent.Number(35, 90) / 100 : share;
        for (var tries = 0; tries < 40 && Size(agent) < patterns; tries++)
            AddAny(agent, agent.Number(0, 20) switch { < 3 => PieceCatalog.Owners, < 14 => PieceCatalog.Patterns, _ => PieceCatalog.Decoys });
        while (plainCode && Size(agent) < share)
            DomainMethods.Add(agent);
    }

    private static void AddAny(AgentDraft agent, IReadOnlyList<Piece> pieces)
    {
        for (var tries = 0; tries < 30; tries++)
        {
            var piece = pieces[agent.Random.Next(pieces.Count)];
            if (!piece.Fits(agent))
                continue;
            agent.Apply(piece);
            return;
        }
    }

    private static void Add(AgentDraft agent, Piece piece)
    {
        if (!piece.FitsApartFromNeeds(agent))
            return;
        foreach (var need in piece.Needs.Where(need => !agent.Traits.Contains(need)))
            AddAny(agent, [.. PieceCatalog.All.Where(giver => giver.Gives.Contains(need) && giver.Role != PieceRole.Decoy)]);
        if (piece.Fits(agent))
            agent.Apply(piece);
    }

    /// <summary>Lines that the agent will take, about.</summary>
    private static int Size(AgentDraft agent) =>
        12 + agent.Usings.Count + 2 * agent.Parameters.Count
        + agent.Members.Sum(member => member.Text.Count(letter => letter == '\n') + (member.Kind == MemberKind.Field ? 1 : 2))
        + agent.ConstructorBody.Concat(agent.StartBody).Concat(agent.StopBody).Sum(line => line.Count(letter => letter == '\n') + 1);

    private string TypeName(Random random, string noun)
    {
        var about = char.ToUpperInvariant(noun[0]) + noun[1..];
        for (var number = 0; ; number++)
        {
            var other = Vocabulary.Nouns[random.Next(Vocabulary.Nouns.Length)];
            var stem = random.Next(2) == 0 && number == 0 ? about : char.ToUpperInvariant(other[0]) + other[1..] + about;
            var name = random.Next(10) switch
            {
                < 6 => stem + Vocabulary.Suffixes[random.Next(Vocabulary.Suffixes.Length)],
                6 => stem + Vocabulary.DoubtfulMiddles[random.Next(Vocabulary.DoubtfulMiddles.Length)] + Vocabulary.Suffixes[random.Next(Vocabulary.Suffixes.Length)],
                _ => stem + Vocabulary.PlainEndings[random.Next(Vocabulary.PlainEndings.Length)],
            };
            if (number > 20)
                name = $"{stem}{number}{Vocabulary.Suffixes[random.Next(Vocabulary.Suffixes.Length)]}";
            if (_typeNames.Add(name))
                return name;
        }
    }

    private void AddDecoyTypes()
    {
        for (var number = 0; number < Math.Max(1, _options.Agents / 6); number++)
        {
            var noun = Vocabulary.Nouns[_random.Next(Vocabulary.Nouns.Length)];
            var stem = char.ToUpperInvariant(noun[0]) + noun[1..] + (char)('A' + number % 26) + (number / 26);
            var group = Vocabulary.Groups[_random.Next(Vocabulary.Groups.Length)];
            var (type, text) = DecoyTypes.Write(number + _options.Seed & int.MaxValue, stem, group, _random);
            AddFile($"{group}/{type}.cs", text, FileStyle.From(_random));
        }
    }

    private void AddText(string path, string resource)
    {
        using var stream = typeof(FleetComposer).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException("No resource " + resource);
        using var reader = new StreamReader(stream);
        AddFile(path, reader.ReadToEnd().TrimEnd(), FileStyle.Plain);
    }

    private void AddFile(string path, string text, FileStyle style)
    {
        var lines = style.Arrange(Code.Parse(text));
        Files.Add((new LaidOutFile(path, lines, style), null));
        _lines += lines.Length;
    }

    private enum AgentKind
    {
        Behaving,
        Attributed,
        Lifted,
    }
}
