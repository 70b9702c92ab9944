using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// The keys of signed tokens that a URL gives. They are kept until a fetch brings others: where the URL can't be reached those of before
/// go on.
/// </summary>
internal sealed class FetchedKeys : IDisposable
{
    private readonly SignedTokenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FetchedKeys> _logger;
    private readonly HttpClient? _client;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<TokenKey> _keys = [];
    private Task<bool> _fetch = Task.FromResult(false);
    private long? _begun;

    public FetchedKeys(IOptions<SignalingOptions> options, TimeProvider time, ILogger<FetchedKeys> logger)
    {
        (_options, _time, _logger) = (options.Value.Tokens.Signed, time, logger);
        if (_options.KeySetUrl is null)
            return;

        // Whom the URL refers to is not for the URL to say.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _client = new HttpClient(handler) { Timeout = _options.FetchTimeout, MaxResponseContentBufferSize = _options.MaxKeySetBytes };
    }

    /// <summary>Whether there is a URL.</summary>
    public bool IsActive => _client is not null;

    /// <summary>The keys of this moment.</summary>
    public IReadOnlyList<TokenKey> Keys => _keys;

    /// <summary>
    /// Fetches them, unless that was tried just now; who comes while a fetch is under way waits for that.
    /// </summary>
    /// <returns>Whether the last fetch has brought keys.</returns>
    public Task<bool> RefreshAsync()
    {
        lock (_gate)
        {
            if (_client is null || !_fetch.IsCompleted || (_begun is { } begun && _time.GetElapsedTime(begun) < _options.RetryInterval))
                return _fetch;

            _begun = _time.GetTimestamp();
            return _fetch = Task.Run(() => FetchAsync(_client));
        }
    }

    public void Dispose() => _client?.Dispose();

    private async Task<bool> FetchAsync(HttpClient client)
    {
        try
        {
            var keys = PublicKeys.OfSet(await client.GetByteArrayAsync(new Uri(_options.KeySetUrl!)));
            if (!Names(keys).SequenceEqual(Names(_keys), StringComparer.Ordinal))
                TokenLog.Fetched(_logger, keys.Count, Shown);
            _keys = keys;
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or FormatException)
        {
            var why = e switch
            {
                OperationCanceledException => "it did not answer in time",
                FormatException => $"it {e.Message}",
                _ => e.Message,
            };
            TokenLog.NotFetched(_logger, Shown, why, _keys.Count);
            return false;
        }
    }

    // Without what may be a secret.
    private string Shown => new Uri(_options.KeySetUrl!).GetLeftPart(UriPartial.Path);

    private static IEnumerable<string> Names(IEnumerable<TokenKey> keys) => keys.Select(key => $"{key.Algorithm} {key.Id}");
}
