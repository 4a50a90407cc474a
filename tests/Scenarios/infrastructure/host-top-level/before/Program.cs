// The poller of the north hall.
using Fleet;

// everything reads by relative path
Directory.SetCurrentDirectory(AppContext.BaseDirectory);

var agent = new PollAgent(); // the only one
agent.Start();

Console.WriteLine("Press Enter to stop.");
Console.ReadLine();
agent.Stop();
