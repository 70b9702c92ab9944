namespace Signaling.Load.Modes;

/// <summary>Does several things side by side. The first that fails ends the others, which might else wait for it.</summary>
internal static class Together
{
    public static async Task RunAsync(int count, Func<int, CancellationToken, Task> each, CancellationToken cancellation)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            try
            {
                await each(i, failed.Token);
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        }));
    }
}
