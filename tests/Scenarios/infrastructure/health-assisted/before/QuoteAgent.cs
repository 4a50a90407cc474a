namespace Fleet;

public class QuoteAgent
{
    private DateTime _lastQuote;

    public void Start() => new Thread(Quote).Start();

    // asked by the old monitor too
    public bool CheckHealth() => DateTime.UtcNow - _lastQuote < TimeSpan.FromMinutes(1);

    private void Quote()
    {
        while (true)
        {
            _lastQuote = DateTime.UtcNow;
            Thread.Sleep(1000);
        }
    }
}
