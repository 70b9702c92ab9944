using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Hosting;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>
/// The whole program behind Kestrel, over connections in memory. Whatever comes is answered or hung up on: no 5xx, nothing in the log
/// at Error, and no file from outside the folder of those that are served.
/// </summary>
internal sealed class HttpSurface : Surface
{
    public const string Called = "http";

    public const string AdminToken = "fuzz-admin";

    private const int Inside = 10; // the same to the internal port
    private const int LongestName = 40;

    // What Kestrel says to the first line of HTTP/2: a GOAWAY that asks for HTTP/1.1 (RFC 9113, 6.8 and 7).
    private const string NotHttp2 = "\0\0\b\a\0\0\0\0\0\0\0\0\0\0\0\0\r";

    private const string Secret = "SECRET-OUTSIDE";

    // Kestrel's own answers to another version of HTTP and to another coding of bodies; and where all room for tokens is used.
    private static readonly string[] AllowedOf5 = ["501", "505", "507"];

    private static readonly IPAddress Stranger = IPAddress.Parse("203.0.113.7");

    private readonly MemoryListeners _listeners = new();
    private readonly ErrorWatch _errors = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
    private WebApplication _app = null!;
    private int _internal;

    public override string Name => Called;

    public override async Task StartAsync()
    {
        var path = Write("config.json", $$"""
            {"log_verbose": true, "httpConfig": {"host": "127.0.0.1"}, "adminToken": "{{AdminToken}}", "apps": [{"path": "/"}, {"path": "/callapp"}],
             "signaling": {"internal": {"port": 0} } }
            """);
        Write("secret.txt", Secret);
        Write("public/folder/index.html", "<p>größe");
        Write("public/file", "file");

        var loader = new ConfigurationLoader(new Dictionary<string, string>(StringComparer.Ordinal), _folder, TimeProvider.System);
        var configuration = loader.Load(new StartArguments { ConfigFile = path }, []);
        _app = (await GatewayHost.StartAsync(configuration, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(_errors);
            builder.Services.AddSingleton<IConnectionListenerFactory>(_listeners);
        }))!;
        foreach (var port in _listeners.Ports)
        {
            if (Encoding.Latin1.GetString(await _listeners.AskAsync(port, Stranger, [Encoding.Latin1.GetBytes("GET /health/live HTTP/1.0\r\n\r\n")])).Contains(" 200 ", StringComparison.Ordinal))
                _internal = port;
        }

        var body = JsonSerializer.Serialize(new { userToken = HttpRequests.UserToken, timeout = 100_000 });
        var answer = await AskAsync(isInside: false, $"POST {TokenEndpoint.Path} HTTP/1.1\r\nHost: a\r\nAuthorization: {AdminToken}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        _errors.Check();
        FuzzException.Unless(answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) && _internal != 0, $"It has not started as it should: {answer}");
    }

    public override async ValueTask TakeAsync(FuzzInput input)
    {
        // All of one peer come over one connection, each peer has its own.
        var talks = input.Steps.GroupBy(step => step.Who).Select(async said =>
        {
            var isInside = said.Key >= Inside;
            var port = _listeners.Ports.First(port => port == _internal == isInside);
            Check(Encoding.Latin1.GetString(await _listeners.AskAsync(port, Stranger, said.Select(step => step.Bytes))));
        });
        try
        {
            await Task.WhenAll(talks);
        }
        finally
        {
            _errors.Check(); // says more than a status does
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        await base.DisposeAsync();
    }

    protected override FuzzInput Mutation(Chance chance)
    {
        var request = Mutator.Change(chance, HttpRequests.Any(chance), HttpRequests.Any(chance));
        var who = chance.Percent(20) ? Inside : 0;
        return new FuzzInput([.. Mutator.Pieces(chance, request).Select(piece => new FuzzStep(who, piece))]);
    }

    protected override FuzzInput Acts(Chance chance) => new([.. Enumerable.Range(0, chance.Between(1, 4)).SelectMany(_ =>
    {
        var who = chance.Below(2) + (chance.Percent(20) ? Inside : 0);
        var request = chance.Percent(80) ? HttpRequests.Any(chance) : Mutator.Change(chance, HttpRequests.Any(chance), []);
        return Mutator.Pieces(chance, request).Select(piece => new FuzzStep(who, piece));
    })]);

    private static void Check(string answer)
    {
        FuzzException.Unless(answer.Length == 0 || answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || answer.StartsWith(NotHttp2, StringComparison.Ordinal), $"This is no answer: {answer[..Math.Min(answer.Length, LongestName)]}");
        FuzzException.Unless(!answer.Contains(Secret, StringComparison.Ordinal), "A file is served that is not for anybody.");
        FuzzException.Unless(!answer.Contains(AdminToken, StringComparison.Ordinal), "The admin token is told.");
        for (var at = answer.IndexOf("HTTP/1.1 5", StringComparison.Ordinal); at >= 0; at = answer.IndexOf("HTTP/1.1 5", at + 1, StringComparison.Ordinal))
        {
            var status = answer.Substring(at + 9, 3);
            FuzzException.Unless(Array.Exists(AllowedOf5, allowed => allowed.Equals(status, StringComparison.Ordinal)), $"It is answered with {status}.");
        }
    }

    private async Task<string> AskAsync(bool isInside, string request) => Encoding.Latin1.GetString(
        await _listeners.AskAsync(_listeners.Ports.First(port => port == _internal == isInside), Stranger, [Encoding.Latin1.GetBytes(request)]));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
