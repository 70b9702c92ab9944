using System.Threading.Channels;
using Signaling.Actors.Connections;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Webhooks;

/// <summary>What waits to be told to an app's webhook. Whoever puts something in is never held up.</summary>
internal sealed class AppWebhook
{
    private readonly Channel<WebhookEvent> _waiting;
    private readonly WebhookMetrics _metrics;

    /// <param name="app">The app.</param>
    /// <param name="options">Where it is told.</param>
    /// <param name="metrics">Where it is counted.</param>
    public AppWebhook(AppOptions app, WebhookOptions options, WebhookMetrics metrics)
    {
        (App, Options, _metrics) = (app.Path, options, metrics);
        Secret = ReadSecret(options.Url, options.SecretFile, $"signaling.apps.{app.Name}.webhook");
        _waiting = Channel.CreateBounded<WebhookEvent>(new BoundedChannelOptions(options.Queue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    public string App { get; }

    public WebhookOptions Options { get; }

    /// <summary>The secret that it is signed by.</summary>
    public RereadFiles<byte[]> Secret { get; }

    public ChannelReader<WebhookEvent> Waiting => _waiting.Reader;

    /// <summary>Reads the secret that what goes to a URL is signed by.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="secretFile">The file with the secret.</param>
    /// <param name="origin">What stands before the name of a setting in messages.</param>
    /// <exception cref="StartupException">There is none in its file, or no file is named.</exception>
    public static RereadFiles<byte[]> ReadSecret(string? url, string? secretFile, string origin)
    {
        if (secretFile is not { } path)
            throw new StartupException($"{origin}.url is {url}, and {origin}.secretFile is not; name a file with the secret that what goes there is signed by.");

        return new RereadFiles<byte[]>(new NamedFile($"{origin}.secretFile", path), (file, text) =>
        {
            try
            {
                return WebhookSignature.KeyOf(SecretFile.Read(file, text, "the secret"));
            }
            catch (FormatException error)
            {
                throw file.Refuse("begins with whsec_ and goes on with what is no base64; copy it anew", error);
            }
        });
    }

    /// <summary>A peer has taken a step, which is told if it is one of those.</summary>
    public void Tell(in PeerStep step, DateTimeOffset at)
    {
        if (WebhookEvent.Of(step, App, at) is { } told && !_waiting.Writer.TryWrite(told))
            _metrics.Dropped(App, 1);
    }

    /// <summary>Nothing more comes.</summary>
    public void End() => _waiting.Writer.TryComplete();
}
