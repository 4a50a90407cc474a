namespace Fleet.Plant
{
    // From the vendor; do not touch.
    public abstract class Device
    {
        public string Serial { get; set; } = "0";
    }

    /// <summary>Runs the pump.</summary>
    [AgentLift.Runtime.Agent("pump")]
    public class PumpAgent : Device
    {
        private volatile bool _running;

        public void Start()
        {
            _running = true;
            new Thread(Pump).Start();
        }

        public async Task StopAsync()
        {
            _running = false;
            await Task.Yield();
        }

        private void Pump()
        {
            while (_running)
                Thread.Sleep(10);
        }
    }
}
