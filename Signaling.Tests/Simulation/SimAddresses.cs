using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>The apps and addresses of all histories. Their keys fall on three shards, so that addresses share their fate.</summary>
internal sealed class SimAddresses
{
    public const int Exclusive = 4;
    public const int Shared = 3;

    public static readonly App ExclusiveApp = new("/app", AddressSharing: false);
    public static readonly App SharedApp = new("/shared", AddressSharing: true);

    private readonly Dictionary<string, (int Shard, string Text)> _byKey = [];
    private readonly int[] _shards = [.. Enumerable.Repeat(-1, Shards.Count)];
    private readonly string[] _exclusive = new string[Exclusive];
    private readonly string[] _shared = new string[Shared];

    public SimAddresses()
    {
        _shards[17] = 0;
        _shards[101] = 1;
        _shards[250] = 2;
        Fill(ExclusiveApp, _exclusive);
        Fill(SharedApp, _shared);
    }

    public static SimAddresses All { get; } = new();

    public string TextOf(App app, int index) => app == SharedApp ? _shared[index % Shared] : _exclusive[index % Exclusive];

    public string TextOf(string key) => _byKey.TryGetValue(key, out var address) ? address.Text : key;

    /// <summary>The shard of a request, by its number among those that histories use; -1: another.</summary>
    public int ShardOf(IAddressRequest request) => request is Digest digest
        ? _shards[digest.Shard]
        : _byKey.TryGetValue(request.Key, out var address) ? address.Shard : -1;

    private void Fill(App app, string[] texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            for (var n = 0; ; n++)
            {
                var text = $"{(char)('a' + i)}{n}";
                var key = AddressKey.Of(app.Path, text);
                if (_shards[Shards.Of(key)] != i % SimHomes.Shards)
                    continue;

                texts[i] = text;
                _byKey.Add(key, (i % SimHomes.Shards, app.Path + "/" + text));
                break;
            }
        }
    }
}
