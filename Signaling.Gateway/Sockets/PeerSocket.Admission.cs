using Signaling.Actors.Messages;
using Signaling.Gateway.Admission;

namespace Signaling.Gateway.Sockets;

/// <content>Where an app's own program is asked whether the peer may have an address, what the peer says next is not read until it has answered.</content>
internal sealed partial class PeerSocket
{
    private AppAdmission? _admission;
    private Owner _owner;

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
