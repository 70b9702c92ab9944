namespace Signaling.Gateway.Configuration;

/// <summary>An app: an address space of its own, chosen by the path of the socket's URL.</summary>
public sealed class AppOptions
{
    /// <summary>What logs call the app.</summary>
    public string Name { get; set; } = "";

    /// <summary>The path, compared exactly as it stands in the request: <c>/Test</c> and <c>/test</c> are two apps.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// Whether any number of peers may reserve the same address; they are all connected with each other.
    /// </summary>
    public bool AddressSharing { get; set; }
}
