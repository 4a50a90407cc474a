using Fleet.Agents;

const string greeting = "good day";
var port = args.Length > 0 ? int.Parse(args[0]) : 5601;

#region agents
using var answers = new AnswerServer(port, greeting: greeting);
answers.Backlog = 10;
var clock = new ClockAgent<DateTime>();
answers.Start();
clock.Start();
#endregion

Console.WriteLine("greets with " + answers.Greeting);
await Task.Delay(Timeout.Infinite);
