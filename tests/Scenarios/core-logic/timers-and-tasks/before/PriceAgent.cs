namespace Fleet.Outer
{
    public static partial class Shelf
    {
        /// <summary>Keeps prices fresh.</summary>
        internal sealed class PriceAgent
        {
            private readonly HttpClient _http;
            private readonly Timer _report;
            private readonly System.Timers.Timer _sweep = new System.Timers.Timer(30000);
            private volatile bool _running;
            private string _prices = "";

            public PriceAgent(HttpClient http)
            {
                _http = http;
                _report = new Timer(Report);
                _sweep.Elapsed += (s, e) => Sweep();
            }

            public void Start()
            {
                _running = true;
                new Thread(FetchLoop) { Name = "prices", IsBackground = true }.Start();
                _report.Change(1000, 60000);
                _sweep.Start();
                // nobody waits for the first greeting
                _ = Task.Run(() => Greet("price"));
            }

            public void Stop()
            {
                _running = false;
                _report.Dispose();
                _sweep.Stop();
            }

            private void FetchLoop()
            {
                while (_running)
                {
                    try
                    {
                        _prices = _http.GetStringAsync("prices").Result;
                    }
                    catch (HttpRequestException)
                    {
                        // the next round tries again
                    }

                    Thread.Sleep(60_000);
                }
            }

            private async Task Greet(string name)
            {
                await Task.Yield();
                _prices = name;
            }

            private void Report(object state)
            {
                if (_prices.Length == 0)
                    return;
                _prices = _prices.Trim();
            }

            private void Sweep()
            {
#if DEBUG
                _prices += "!";
#endif
                _prices = _prices.Replace("  ", " ");
            }
        }
    }
}
