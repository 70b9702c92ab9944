using Signaling.Gateway.Configuration;

namespace Signaling.Tests.Fuzzing.Config;

/// <summary>Configurations that are right, and parts of them.</summary>
internal static class ConfigSamples
{
    public static string[] Files { get; } =
    [
        DevMode.Config,
        """
        {"log_verbose": 1, "adminToken": "secret", "httpConfig": {"port": "0x50", "host": "::1"}, "maxPayload": "1e6",
         "httpsConfig": {"port": 443, "ssl_key_file": "ssl.key", "ssl_cert_file": "ssl.crt"},
         "apps": [{"name": "A", "path": "/a", "address_sharing": "yes"}, {"path": "/a"}, {}]}
        """,
        """
        {"httpConfig": {"port": 0}, "apps": [{"path": "/"}], "signaling": {
          "sockets": {"pingInterval": "00:00:20", "pongTimeout": "00:00:30", "sendTimeout": "00:00:10", "closeTimeout": "00:00:00.5", "epoll": false, "sendQueueBytes": 70000},
          "tokens": {"maxCount": 5, "registerTimeout": "00:00:05", "adminTokenFile": null},
          "node": {"profile": "static", "host": "localhost", "port": 4053, "seeds": ["a:1", "[::1]:2"], "clusterSize": 3, "listenHost": "0.0.0.0",
                   "joinTimeout": "00:01:00", "tls": {"certFile": "a", "keyFile": "b", "caFile": "c", "names": ["a", "*.b"]}},
          "drain": {"notice": "00:00:05", "time": "00:00:20"}, "proxies": {"trusted": ["10.0.0.0/8", "::1"]},
          "internal": {"host": "127.0.0.1", "port": 9090}, "log": {"format": "json"}}}
        """,
    ];

    /// <summary>Keys, where they are under <c>signaling</c> with all that leads there.</summary>
    public static string[] Keys { get; } =
    [
        "log_verbose", "adminToken", "httpConfig", "httpsConfig", "maxPayload", "apps", "signaling", "port", "host", "ssl_key_file", "name", "path", "address_sharing",
        "sockets", "sockets.pingInterval", "sockets.PINGINTERVAL", "sockets.epoll", "sockets.sendQueueBytes", "sockets.sendQueueBytes.0", "tokens.maxCount", "tokens.adminTokenFile",
        "node", "node.profile", "node.port", "node.seeds", "node.seeds.0", "node.seeds.1.x", "node.seeds.-1", "node.clusterSize", "node.listenHost", "node.tls", "node.tls.names", "node.tls.names.0",
        "drain.time", "proxies.trusted", "proxies.trusted.0", "internal.port", "log.format", "log", "log.format.x", "", ":", "a:b", "node:port", "node::port", "nets", "isAlone", "Item",
    ];

    public static string[] Values { get; } =
    [
        "null", "true", "false", "0", "1", "-1", "1.5", "1e400", "-0", "65536", "2147483648", "9223372036854775808", "", " ", "\\u0000", "\\uD800", "0x10", "0b1", "Infinity", "NaN",
        "00:00:30", "30", "-00:00:01", "10675199.02:48:05.4775807", "10675200", "99:99:99", "static", "dev", "kubernetes", "json", "text", "localhost", "a:1", "a:1,b:2", ",", "[::1]:2", "::1", "10.0.0.0/8",
        "10.0.0.0/-1", "::/129", "*.a", "..", "a\\nb", "\\\\", "8080/tcp", "\u00e4\u4e2d\ud83d\ude00", "[]", "{}", "[[[]]]", "0.0.0.0/0", "::ffff:1.2.3.4/95",
    ];
}
