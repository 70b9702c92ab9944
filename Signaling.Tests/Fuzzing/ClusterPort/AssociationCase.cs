using Akka.Actor;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.ClusterPort.Wire;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>Somebody at the port, or a node that was dialled, over a connection in memory.</summary>
internal sealed class AssociationCase
{
    private static readonly Address Here = new("akka.tcp", "signaling", "here", 1);
    private static readonly Address There = new("akka.tcp", "signaling", "there", 2);

    private readonly MemoryEnd _end = new();
    private readonly ClusterContract _contract = PlainPort.Contract();
    private readonly Recorder _recorder = new();
    private readonly List<byte> _said = [];
    private readonly List<byte[]> _written = [];
    private readonly bool _isDialled;
    private readonly Task<FirstMessage?> _peek = Task.FromResult<FirstMessage?>(null);
    private NodeAssociation? _association;
    private Task<Exception?>? _running;
    private bool _isLeft;
    private bool _isBroken;

    public AssociationCase(bool isDialled)
    {
        _isDialled = isDialled;
        if (isDialled)
            Begin();
        else
            _peek = FirstWords.PeekAsync(_end.Connection.Transport.Input, CancellationToken.None);
    }

    /// <summary>How many bytes have come.</summary>
    public int Came => _said.Count;

    public async ValueTask SayAsync(byte[] bytes)
    {
        if (_isBroken)
            return;

        _said.AddRange(bytes);
        await _end.SendAsync(bytes);
        LetIn();
    }

    /// <summary>This node says something, where the other is let in.</summary>
    public void Write(byte[] message)
    {
        if (_association is { } association && association.Write(ByteString.CopyFrom(message)))
            _written.Add(message);
    }

    /// <summary>This node ends it.</summary>
    public void Leave()
    {
        _isLeft = true;
        _association?.Leave();
    }

    public void Break()
    {
        if (!_isBroken)
            _end.Break();
        _isBroken = true;
    }

    /// <summary>Ends it, and looks at all that has come of it.</summary>
    public async Task CheckAsync()
    {
        byte[] said = [.. _said];
        var expected = _isDialled ? PlainPort.OfDialled(said) : PlainPort.OfComer(said);
        if (!_isBroken)
            _end.End();
        LetIn();
        if (_association is null)
        {
            await CheckRefusedAsync(expected);
            return;
        }

        FuzzException.Unless(_isDialled || expected.Refused is null, $"Somebody is let in who is to be refused for {expected.Refused}.");
        var cause = await _running!;
        _recorder.Check(expected, isAll: !_isLeft && !_isBroken);
        if (_isLeft || _isBroken)
            return;

        FuzzException.Unless(
            cause switch
            {
                RefusedException refused => refused.Kind == expected.Refused,
                InvalidDataException => expected.EndsWrong,
                _ => cause is null && expected is { Refused: null, EndsWrong: false },
            },
            $"An association ends for {cause?.Message ?? "nothing"}, not for {expected.Refused}.");
        CheckWritten(await _end.ReceiveAllAsync());
    }

    private void Begin()
    {
        _association = new NodeAssociation(Here, There, _end.Connection, _contract, _isDialled, PlainPort.Longest);
        _running = _association.RunAsync();
        _association.ReadHandlerSource.SetResult(_recorder);
    }

    // As the doorway does, as soon as enough has come.
    private void LetIn()
    {
        if (_association is not null || !_peek.IsCompletedSuccessfully || _peek.Result is not { } said)
            return;

        try
        {
            _contract.Check(said.Hello);
            Begin();
        }
        catch (RefusedException)
        {
            // It is looked at in the end.
        }
    }

    private async Task CheckRefusedAsync(PlainPort expected)
    {
        Refusal? found = null;
        try
        {
            if (await _peek is { } said)
                _contract.Check(said.Hello);
            else
                found = Refusal.Silent;
        }
        catch (RefusedException refused)
        {
            found = refused.Kind;
            FuzzException.Unless(refused.Message.Length is > 10 and < 500 && !refused.Message.EndsWith('.'), $"This is no clause: {refused.Message}");
        }
        catch (ConnectionResetException) when (_isBroken)
        {
            return;
        }

        FuzzException.Unless(_isBroken || found == expected.Refused, $"Somebody is refused for {found}, not for {expected.Refused}.");
    }

    private void CheckWritten(byte[] received)
    {
        var heard = PlainPort.OfComer(received).Messages;
        FuzzException.Unless(heard.Count == _written.Count, $"Of {_written.Count} messages {heard.Count} are written.");
        for (var i = 0; i < heard.Count; i++)
        {
            byte[] sent = i > 0 ? _written[i] : FirstWords.With(ByteString.CopyFrom(_written[0]), _contract.Say()).ToByteArray();
            FuzzException.Unless(heard[i].AsSpan().SequenceEqual(sent), "A message is written as another.");
        }
    }
}
