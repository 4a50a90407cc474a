using Fleet;

var agent = new PollAgent();
agent.Start();
while (true)
{
    var command = Console.ReadLine();
    if (command == "quit")
        break;
}

agent.Stop();
