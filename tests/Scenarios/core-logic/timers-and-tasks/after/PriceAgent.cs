using AgentLift.Runtime;

namespace Fleet.Outer
{
    public static partial class Shelf
    {
        /// <summary>Keeps prices fresh.</summary>
        [LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
        internal sealed partial class PriceAgent : BaseAgent
        {
            private readonly HttpClient _http;
            private string _prices = "";

            public PriceAgent(AgentContext context, HttpClient http)
                : base(context)
            {
                _http = http;
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunPeriodically("fetch", TimeSpan.FromMinutes(1), FetchAsync);
                RunPeriodically("report", TimeSpan.FromMinutes(1), ReportAsync, firstAfter: TimeSpan.FromSeconds(1));
                RunPeriodically("sweep", TimeSpan.FromSeconds(30), SweepAsync, firstAfter: TimeSpan.FromSeconds(30));
                // nobody waits for the first greeting
                RunSupervised("greet", _ => Greet("price"), RestartPolicy.Once);
                return ValueTask.CompletedTask;
            }

            private async Task FetchAsync(CancellationToken token)
            {
                try
                {
                    _prices = await _http.GetStringAsync("prices");
                }
                catch (HttpRequestException)
                {
                    // the next round tries again
                }
            }

            private async Task Greet(string name)
            {
                await Task.Yield();
                _prices = name;
            }

            private Task ReportAsync(CancellationToken token)
            {
                if (_prices.Length == 0)
                    return Task.CompletedTask;
                _prices = _prices.Trim();
                return Task.CompletedTask;
            }

            private Task SweepAsync(CancellationToken token)
            {
#if DEBUG
                _prices += "!";
#endif
                _prices = _prices.Replace("  ", " ");
                return Task.CompletedTask;
            }
        }
    }
}
