using System.Diagnostics;
using Signaling.Benchmarks.Rigs;

namespace Signaling.Tests.Budgets;

/// <summary>The echo server, in a process of its own.</summary>
internal sealed class EchoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private EchoProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public int Id => _process.Id;

    public static async Task<EchoProcess> StartAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, $"{typeof(EchoServer).Assembly.GetName().Name}.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, EchoServer.Command]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new EchoProcess(process, new UriBuilder(line!) { Scheme = "ws" }.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
