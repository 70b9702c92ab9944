using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>Gives a key set, as who signs tokens does.</summary>
public sealed class KeySetServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _asked;

    private KeySetServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapGet("/keys", context =>
        {
            Interlocked.Increment(ref _asked);
            return Answer(context);
        });
    }

    /// <summary>What it answers.</summary>
    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("{\"keys\": []}");

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public string Url => $"{_application.Urls.Single()}/keys";

    public static async Task<KeySetServer> StartAsync(params TestSigner[] signers)
    {
        var server = new KeySetServer();
        server.Give(signers);
        await server._application.StartAsync();
        return server;
    }

    public void Give(params TestSigner[] signers) => Answer = context => context.Response.WriteAsync(TestSigner.SetOf(signers));

    public void Fail() => Answer = context =>
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
