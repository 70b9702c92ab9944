using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Hosting;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>The whole program behind Kestrel, with its public and its internal port, over connections in memory.</summary>
internal sealed class HttpProgram : IAsyncDisposable
{
    private readonly MemoryListeners _listeners = new();
    private readonly ErrorWatch _errors = new();
    private WebApplication _app = null!;
    private int _internal;

    /// <summary>Starts one.</summary>
    /// <param name="config">The path of its <c>config.json</c>.</param>
    public static async Task<HttpProgram> StartAsync(string config)
    {
        var program = new HttpProgram();
        var loader = new ConfigurationLoader(new Dictionary<string, string>(StringComparer.Ordinal), Path.GetDirectoryName(config)!, TimeProvider.System);
        program._app = (await GatewayHost.StartAsync(loader.Load(new StartArguments { ConfigFile = config }, []), builder =>
        {
            builder.Logging.ClearProviders().AddProvider(program._errors);
            builder.Services.AddSingleton<IConnectionListenerFactory>(program._listeners);
            builder.Services.AddSingleton<INodeDrain, NoDrain>();
        }))!;
        foreach (var port in program._listeners.Ports)
        {
            var answer = await program._listeners.AskAsync(port, IPAddress.Loopback, [Encoding.Latin1.GetBytes("GET /health/live HTTP/1.0\r\n\r\n")], Task.CompletedTask);
            if (Encoding.Latin1.GetString(answer).Contains(" 200 ", StringComparison.Ordinal))
                program._internal = port;
        }

        FuzzException.Unless(program._internal != 0, "The internal port is not served.");
        return program;
    }

    /// <summary>Says something by a connection, and returns all that is answered.</summary>
    /// <param name="caller">Who says it.</param>
    /// <param name="said">The pieces.</param>
    /// <param name="others">Whose end the caller waits for before it hangs up.</param>
    public async Task<string> AskAsync(HttpCaller caller, IEnumerable<byte[]> said, Task others) => Encoding.Latin1.GetString(
        await _listeners.AskAsync(_listeners.Ports.First(port => port == _internal == caller.IsInside), caller.Address, said, others));

    /// <summary>Throws where something was logged as an error.</summary>
    public void CheckLog() => _errors.Check();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // One that has drained would serve nobody any more.
    private sealed class NoDrain : INodeDrain
    {
        public bool IsDraining => false;

        public bool IsClosed => false;

        public Task DrainAsync(CancellationToken cancellation = default) => Task.CompletedTask;
    }
}
