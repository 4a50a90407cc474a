using Fleet;

var detect = new DetectAgent();
var rank = new RankAgent();
var speech = new SpeechAgent();
detect.Start();
rank.Start();
speech.Start();
Console.ReadLine();
detect.Stop();
rank.Stop();
speech.Stop();
