using Fleet;

var detect = new DetectAgent();
var rank = new RankAgent();
detect.Start();
rank.Start();
Console.ReadLine();
detect.Stop();
rank.Stop();
