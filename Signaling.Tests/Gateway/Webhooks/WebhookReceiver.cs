using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Gateway.Webhooks;

/// <summary>Somebody else's program that is told what peers do.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(IHeaderDictionary Headers, string Body)> _taken = [];

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapPost("/hook", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            context.Response.StatusCode = await Answer(body);
            if (context.Response.StatusCode == StatusCodes.Status204NoContent)
                _taken.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
        });
    }

    public string Url => $"{_application.Urls.Single()}/hook";

    /// <summary>What it answers to a body. What is answered by 204 is taken.</summary>
    public Func<string, Task<int>> Answer { get; set; } = _ => Task.FromResult(StatusCodes.Status204NoContent);

    public IReadOnlyList<(IHeaderDictionary Headers, string Body)> Taken => [.. _taken];

    /// <summary>The events that were taken, in their order.</summary>
    public IReadOnlyList<JsonElement> Events =>
        [.. _taken.SelectMany(one => JsonDocument.Parse(one.Body).RootElement.GetProperty("events").EnumerateArray())];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
