using System.Text.Json;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.CommandLine.Control;

/// <summary>Asks a node by its admin API.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly HttpClient _http;

    /// <param name="at">The node's internal listener.</param>
    /// <param name="token">The admin token; null: this machine's own programs need none.</param>
    public AdminClient(Uri at, string? token)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = at, Timeout = Patience };
        if (!string.IsNullOrEmpty(token))
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
    }

    /// <summary>Asks.</summary>
    /// <param name="method">How.</param>
    /// <param name="path">What.</param>
    /// <param name="body">What is sent along; null: nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StartupException">There is no answer, or it is no.</exception>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var answer = await _http.SendAsync(request, cancellation);
            if (answer.IsSuccessStatusCode)
                return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);

            var text = await answer.Content.ReadAsStringAsync(cancellation);
            throw new StartupException($"The node at {_http.BaseAddress} says no ({(int)answer.StatusCode}): {text.Trim().Trim('"')}");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            throw new StartupException(
                $"No node answers at {_http.BaseAddress} as one does: {error.GetBaseException().Message} --at names the internal listener of one, such as http://127.0.0.1:9000.",
                error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new StartupException($"The node at {_http.BaseAddress} has not answered within {Patience.TotalSeconds} s.", error);
        }
    }

    public void Dispose() => _http.Dispose();
}
