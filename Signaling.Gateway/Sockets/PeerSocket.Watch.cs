using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Callbacks;

namespace Signaling.Gateway.Sockets;

/// <content>What is told of the peer to who runs the service, and what the app's own program is asked about it.</content>
internal sealed partial class PeerSocket
{
    private AppAdmission? _admission;
    private Owner _owner;

    public void Happened(in PeerStep step) => _watch?.Happened(step, step.Kind == StepKind.Left ? HowItEnded() : null);

    private string HowItEnded() =>
        _parser.Close is { } peers ? $"closed by the peer with {(int)peers.Status}"
        : _writer.OwnClose is { } own ? $"closed by the service with {(int)own.Status} {own.Reason}"
        : "cut: the connection broke, or the peer answered no ping";

    /// <summary>Asks whether the peer may have an address. What it says next is not read until that is answered.</summary>
    private async Task<bool> AskAsync(AdmissionRequest request, byte[] message)
    {
        var isAdmitted = await _admission!.AdmitsAsync(request, _owner);
        var room = _credit.TakeAsync(message.Length);
        if (isAdmitted)
            _connection!.Receive(message);
        else
            _connection!.Deny(message);
        return await room;
    }
}
