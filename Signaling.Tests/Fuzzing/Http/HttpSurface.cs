using System.Text;
using System.Text.Json;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>
/// Two whole programs behind Kestrel, over connections in memory: one that is open, as the original is, and one that is closed, in which
/// everything has its limit. Whatever comes is answered or hung up on: no 5xx, nothing in the log at Error, no file from outside the
/// folder of those that are served, and nothing for who may not have it.
/// </summary>
internal sealed class HttpSurface : Surface
{
    public const string Called = "http";

    private const int Crowd = 6; // more than one address, one token or the node may have sockets

    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
    private HttpProgram? _open;
    private HttpProgram? _closed;

    public override string Name => Called;

    public override async Task StartAsync()
    {
        Write("signing", UserTokens.Secret);
        Write("secret.txt", HttpAnswers.Secret);
        Write("public/folder/index.html", "<p>größe");
        Write("public/file", "file");
        _open = await HttpProgram.StartAsync(Write("open.json", $$"""
            {"log_verbose": true, "httpConfig": {"host": "127.0.0.1", "port": 0}, "adminToken": "{{HttpRequests.AdminToken}}",
             "apps": [{"path": "/"}, {"path": "/callapp"}, {"name": "shop", "path": "/shop"}],
             "signaling": {"internal": {"port": 0}, "origins": ["*"], "apps": {"shop": {"origins": ["null", "https://shop.example:443", "http://page.example:80"]} },
               "tokens": {"signed": {"secretFile": "signing", "longestLife": "3650.00:00:00", "closeAtExpiry": true} } } }
            """));
        _closed = await HttpProgram.StartAsync(Write("closed.json", $$"""
            {"log_verbose": false, "httpConfig": {"host": "127.0.0.1", "port": 0},
             "apps": [{"path": "/callapp"}, {"name": "shop", "path": "/shop"}, {"path": "/shared", "address_sharing": true}],
             "signaling": {"strict": true, "internal": {"port": 0}, "proxies": {"direct": true}, "apps": {"shop": {"origins": ["https://shop.example", "https://*.shop.example"]} },
               "limits": {"sockets": 4, "socketsPerAddress": 3, "socketsPerToken": 2, "handshakesPerSecond": 20, "handshakeBurst": 4},
               "tokens": {"signed": {"secretFile": "signing", "issuer": "{{UserTokens.Issuer}}", "audience": "{{UserTokens.Audience}}"} } } }
            """));

        var body = JsonSerializer.Serialize(new { userToken = HttpRequests.UserToken, timeout = 100_000 });
        var request = $"POST {TokenEndpoint.Path} HTTP/1.1\r\nHost: a\r\nAuthorization: {HttpRequests.AdminToken}\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        var answer = await _open.AskAsync(default, [Encoding.Latin1.GetBytes(request)], Task.CompletedTask);
        CheckLogs();
        FuzzException.Unless(answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal), $"It has not started as it should: {answer}");
    }

    public override async ValueTask TakeAsync(FuzzInput input)
    {
        // All of one peer come over one connection, each peer has its own. Who comes first stays longest.
        var talks = new List<(HttpCaller Caller, byte[][] Said, Task<string> Answer)>();
        foreach (var one in input.Steps.GroupBy(step => step.Who, step => step.Bytes).Reverse())
        {
            var (caller, said) = (new HttpCaller(one.Key), one.ToArray());
            var program = caller.IsClosed ? _closed! : _open!;
            talks.Add((caller, said, program.AskAsync(caller, said, Task.WhenAll(talks.Select(talk => talk.Answer)))));
        }

        try
        {
            foreach (var (caller, said, answer) in talks)
                HttpAnswers.Check(caller, Encoding.Latin1.GetString([.. said.SelectMany(piece => piece)]), await answer);
        }
        finally
        {
            CheckLogs(); // says more than a status does
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var program in new[] { _open, _closed })
            await (program?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
        await base.DisposeAsync();
    }

    protected override FuzzInput Mutation(Chance chance)
    {
        var request = Mutator.Change(chance, HttpRequests.Any(chance), HttpRequests.Any(chance));
        return new FuzzInput([.. Steps(chance, HttpCaller.Any(chance), request)]);
    }

    protected override FuzzInput Acts(Chance chance)
    {
        var crowd = HttpCaller.OfCrowd(chance);
        if (chance.Percent(10))
            return new FuzzInput([.. Enumerable.Range(0, chance.Between(1, Crowd)).SelectMany(one => Steps(chance, crowd.By(one), HttpRequests.Handshake(chance)))]);

        var caller = HttpCaller.Any(chance);
        return new FuzzInput([.. Enumerable.Range(0, chance.Between(1, 4)).SelectMany(_ =>
        {
            var who = chance.Percent(80) ? caller.By(chance.Below(2)) : HttpCaller.Any(chance);
            return Steps(chance, who, chance.Percent(80) ? HttpRequests.Any(chance) : Mutator.Change(chance, HttpRequests.Any(chance), []));
        })]);
    }

    private static IEnumerable<FuzzStep> Steps(Chance chance, HttpCaller caller, byte[] said) =>
        Mutator.Pieces(chance, said).Select(piece => new FuzzStep(caller.Who, piece));

    private void CheckLogs()
    {
        _open!.CheckLog();
        _closed!.CheckLog();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
