using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Ice;
using Signaling.Gateway.Webhooks;

namespace Signaling.Gateway.Tokens;

/// <summary>Keeps admin tokens, the keys of signed ones and the secrets of TURN servers as they are now, in their files and behind their URL.</summary>
internal sealed class TokenWatch(
    AdminTokens admins,
    TokenKeyFiles keys,
    FetchedKeys fetched,
    IceServers ice,
    AppWebhooks webhooks,
    IOptions<SignalingOptions> options,
    TimeProvider time,
    ILogger<TokenWatch> logger) : BackgroundService
{
    private readonly IRereadFile[] _files = [.. admins.Files, .. keys.Files, .. ice.Files, .. webhooks.Files];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(RereadAsync(stoppingToken), RefetchAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops, or has not started: the framework takes the second for an error.
        }
    }

    private async Task RereadAsync(CancellationToken stopping)
    {
        if (_files.Length == 0)
            return;

        using var timer = new PeriodicTimer(options.Value.Tokens.RereadInterval, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            foreach (var file in _files)
            {
                if (file.Reread(out var fault))
                    TokenLog.Reread(logger, file.File.Origin, file.File.Path);
                else if (fault is not null)
                    TokenLog.NotReread(logger, fault);
            }
        }
    }

    private async Task RefetchAsync(CancellationToken stopping)
    {
        var signed = options.Value.Tokens.Signed;
        while (fetched.IsActive)
        {
            var isThere = await fetched.RefreshAsync().WaitAsync(stopping);
            await Task.Delay(isThere ? signed.RefreshInterval : signed.RetryInterval, time, stopping);
        }
    }
}
