using Signaling.Actors.Messages;

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

    /// <summary>
    /// The origins of the web pages that may use this app, in place of <see cref="SignalingOptions.Origins"/>. Empty: those.
    /// </summary>
    public IList<string> Origins { get; set; } = [];

    /// <summary>STUN and TURN servers of this app alone, in place of <see cref="SignalingOptions.Ice"/>. Null: those.</summary>
    public IceOptions? Ice { get; set; }

    /// <summary>Who is told what the app's peers do. Null: nobody.</summary>
    public WebhookOptions? Webhook { get; set; }

    /// <summary>Who is asked whether a peer may listen or call. Null: nobody.</summary>
    public AdmissionOptions? Admission { get; set; }

    /// <summary>Who wins an address that somebody holds. It means nothing where the app shares addresses.</summary>
    public Takeover Takeover { get; set; }

    /// <summary>
    /// How many peers may hold the same address at once, where the app shares addresses; one more is denied it.
    /// Null: as many as the service lets any app have.
    /// </summary>
    public int? MostListeners { get; set; }
}
