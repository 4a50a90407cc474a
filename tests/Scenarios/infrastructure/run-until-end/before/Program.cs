using Fleet;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: tail FILE");
    return 1;
}

var file = args[0];
var agent = new TailAgent(file);
AppDomain.CurrentDomain.ProcessExit += (_, _) => agent.Stop(); // systemd
agent.Run();
return 0;
