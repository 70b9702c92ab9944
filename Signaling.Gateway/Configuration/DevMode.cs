namespace Signaling.Gateway.Configuration;

/// <summary>What runs when nothing is configured: the original's default, with a certificate made at start.</summary>
internal static class DevMode
{
    /// <summary>What messages call it.</summary>
    public const string Name = "the default configuration";

    public const string Config = """
        {
          "httpConfig": { "port": 12776 },
          "httpsConfig": { "port": 12777 },
          "maxPayload": 1048576,
          "apps": [
            { "name": "Test", "path": "/" },
            { "name": "ChatApp", "path": "/chatapp" },
            { "name": "CallApp", "path": "/callapp" },
            { "name": "ConferenceApp", "path": "/conferenceapp", "address_sharing": true },
            { "name": "AutomatedTest", "path": "/test" },
            { "name": "AutomatedTestShared", "path": "/testshared", "address_sharing": true }
          ]
        }
        """;
}
