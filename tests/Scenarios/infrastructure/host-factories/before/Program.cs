using Fleet;

var depth = args.Length;
var running = new List<IWorker>();
foreach (var name in new[] { "poll", "sweep" })
{
    var worker = Create(name, depth);
    worker.Start();
    running.Add(worker);
}

Console.WriteLine("Press Enter to stop.");
Console.ReadLine();
foreach (var worker in running)
    worker.Stop();

// by its name in the plan
static IWorker Create(string name, int depth) => name switch
{
    "poll" => new PollAgent(),
    "sweep" => new SweepAgent(depth),
    _ => throw new ArgumentException(name),
};
