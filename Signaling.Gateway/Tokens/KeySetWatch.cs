using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Tokens;

/// <summary>Keeps the keys of signed tokens that are fetched as they are now behind their URL.</summary>
internal sealed class KeySetWatch(FetchedKeys fetched, IOptions<SignalingOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var signed = options.Value.Tokens.Signed;
        try
        {
            while (fetched.IsActive)
            {
                var isThere = await fetched.RefreshAsync().WaitAsync(stoppingToken);
                await Task.Delay(isThere ? signed.RefreshInterval : signed.RetryInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops, or has not started: the framework takes the second for an error.
        }
    }
}
