using System.Net;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.CommandLine;

/// <summary>Asks the node that runs on this machine, over its internal listener.</summary>
internal sealed class InternalClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="settings">Where it listens.</param>
    /// <exception cref="StartupException">It does not, or nobody can know where.</exception>
    public InternalClient(InternalOptions settings)
    {
        Address = AddressOf(settings);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Where it asks.</summary>
    public Uri Address { get; }

    /// <summary>Asks.</summary>
    /// <param name="method">How.</param>
    /// <param name="path">What.</param>
    /// <param name="patience">How long the answer may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether the answer is 200, and its text.</returns>
    /// <exception cref="StartupException">There is no answer, or not in time.</exception>
    public async Task<(bool IsOk, string Text)> AskAsync(
        HttpMethod method, string path, TimeSpan patience, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _http.SendAsync(request, late.Token);
            return (answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(late.Token));
        }
        catch (HttpRequestException error)
        {
            throw new StartupException(
                $"No node answers at {Address}: {error.GetBaseException().Message}. See that it runs, with the same configuration " +
                "as this command.",
                error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new StartupException($"The node at {Address} has not answered within {patience.TotalSeconds:0.###} s.", error);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Where a node listens for who runs the service.</summary>
    /// <exception cref="StartupException">It does not, or nobody can know where.</exception>
    public static Uri AddressOf(InternalOptions settings) => settings.Port switch
    {
        null => throw new StartupException(
            "signaling.internal.port is missing, so the node has no internal listener to ask; set it to a port, such as 9000, in " +
            "the configuration file or by SIGNALING__INTERNAL__PORT."),
        0 => throw new StartupException(
            "signaling.internal.port is 0, a port that only the node itself knows; set it to a port of its own, such as 9000."),
        { } port => new UriBuilder(Uri.UriSchemeHttp, Reachable(settings.Host), port).Uri,
    };

    // Who listens on all addresses is reached by loopback: also over IPv4 where it listens on those of IPv6.
    private static string Reachable(string host) => IPAddress.TryParse(host, out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? $"{IPAddress.Loopback}" : host;
}
