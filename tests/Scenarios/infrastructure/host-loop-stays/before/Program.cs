using Fleet;

// whoever names one twice gets it twice
var stops = new List<Action>();
foreach (var name in args)
{
    if (name == "poll")
    {
        var poll = new PollAgent();
        poll.Start();
        stops.Add(poll.Stop);
    }
}

Console.ReadLine();
foreach (var stop in stops)
    stop();
