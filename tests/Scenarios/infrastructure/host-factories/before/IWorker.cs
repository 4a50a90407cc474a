namespace Fleet;

public interface IWorker
{
    void Start();

    void Stop();
}
